package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** An application that answers queries and can do nothing else. */
public final class FakeApplication {
  private FakeApplication() {}

  public static Application answering(Function<QueryRequest, QueryResponse> queries) {
    return (Application)
        Proxy.newProxyInstance(
            FakeApplication.class.getClassLoader(),
            new Class<?>[] {Application.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("query")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return queries.apply((QueryRequest) args[0]);
            });
  }
}
