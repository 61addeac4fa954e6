package io.segue.kernel.core.osgi;

import io.segue.kernel.admission.artifact.BundleEntries;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/**
 * A bundle of a generation as the framework sees it: the entries that were checked, and headers
 * that are written from the manifest as it was understood. The framework reads no archive and no
 * manifest of its own.
 *
 * <p>Thread safety: any thread.
 */
final class BundleContent implements ConnectModule, ConnectContent {
  private final Map<String, String> headers;
  private final BundleEntries entries;
  private final Loading loading;
  private volatile boolean connected;

  BundleContent(BundleFile file, Loading loading) {
    this.headers = Map.copyOf(file.manifest().frameworkHeaders());
    this.entries = file.entries();
    this.loading = loading;
  }

  /** Whether the framework has taken a bundle from here. */
  boolean isConnected() {
    return connected;
  }

  @Override
  public ConnectContent getContent() {
    connected = true;
    return this;
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    return Optional.of(headers);
  }

  @Override
  public Iterable<String> getEntries() {
    return List.copyOf(entries.names());
  }

  @Override
  public Optional<ConnectEntry> getEntry(String path) {
    return entries.has(path) ? Optional.of(new Entry(path)) : Optional.empty();
  }

  /** The framework makes one, as for any bundle. */
  @Override
  public Optional<ClassLoader> getClassLoader() {
    return Optional.empty();
  }

  @Override
  public void open() {}

  @Override
  public void close() {}

  private final class Entry implements ConnectEntry {
    private final String path;

    Entry(String path) {
      this.path = path;
    }

    @Override
    public String getName() {
      return path;
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public long getLastModified() {
      return 0;
    }

    @Override
    public byte[] getBytes() throws IOException {
      return entries.read(path, loading).orElseThrow(() -> new IOException("there is no " + path));
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new ByteArrayInputStream(getBytes());
    }
  }
}
