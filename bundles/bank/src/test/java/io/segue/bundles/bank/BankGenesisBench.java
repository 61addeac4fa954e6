package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import java.nio.charset.StandardCharsets;

final class BankGenesisBench {
  public static void main(String[] args) {
    int n = Integer.parseInt(args[0]);
    StringBuilder json = new StringBuilder("{\"bank\":{\"balances\":[");
    Addresses ad = new Addresses("cosmos");
    for (int i = 0; i < n; i++) {
      json.append(i == 0 ? "" : ",").append("{\"address\":\"").append(ad.account(Addresses.module("a" + i)))
          .append("\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"").append(1000000 + i).append("\"}]}");
    }
    byte[] g = json.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
    json = null;
    System.out.println("genesis " + g.length + " bytes");
    for (int r = 0; r < 2; r++) {
      io.segue.kernel.testkit.modules.ModuleChain c = io.segue.kernel.testkit.modules.ModuleChain.of(BankChain.ORDERS, new io.segue.kernel.testkit.modules.PlainAuth(), BankChain.bank());
      long t = System.nanoTime();
      io.segue.kernel.core.exec.Branch b = null;
      c.start(g);
      System.out.println("start incl. store ms " + (System.nanoTime() - t) / 1000000);
      c.close();
      System.gc();
    }
  }
}
