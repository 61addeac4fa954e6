package io.segue.bundles.sidecar.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/**
 * A host that is not this machine, for as long as this is open: a server on loopback answers for it
 * as a proxy does.
 */
final class Elsewhere implements AutoCloseable {
  private static final String HOST = "192.0.2.1";

  private final ProxySelector before = ProxySelector.getDefault();

  Elsewhere(TestServer server) {
    Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port()));
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(uri.getHost().equals(HOST) ? proxy : Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
  }

  String url(String path) {
    return "http://" + HOST + path;
  }

  @Override
  public void close() {
    ProxySelector.setDefault(before);
  }
}
