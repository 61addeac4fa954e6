package io.segue.kernel.testkit;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeParams;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The module {@code upgrade} of a chain without governance: a transaction schedules or cancels. */
final class PlanningModule implements Module {
  private static final String SCHEDULE = "/test.Schedule";
  private static final String CANCEL = "/test.Cancel";
  private static final String PARAMS = "/test.Params";

  static byte[] schedule(String name, long height, String info) {
    return PlainTx.of(
        SCHEDULE, (name + "\n" + height + "\n" + info).getBytes(StandardCharsets.UTF_8));
  }

  static byte[] cancel() {
    return PlainTx.of(CANCEL, new byte[0]);
  }

  static byte[] params(UpgradeParams params) {
    byte[] flags = {
      (byte) (params.allowAbort() ? 1 : 0), (byte) (params.checkInvariants() ? 1 : 0)
    };
    return PlainTx.of(PARAMS, flags);
  }

  @Override
  public String name() {
    return "upgrade";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<String> stores() {
    return List.of();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        SCHEDULE,
        new Handler() {
          @Override
          public byte[] handle(Context context, byte[] message) {
            String[] parts = new String(message, StandardCharsets.UTF_8).split("\n", 3);
            context.upgrades().schedule(new Plan(parts[0], Long.parseLong(parts[1]), parts[2]));
            return new byte[0];
          }
        },
        CANCEL,
        new Handler() {
          @Override
          public byte[] handle(Context context, byte[] message) {
            context.upgrades().cancel();
            return new byte[0];
          }
        },
        PARAMS,
        new Handler() {
          @Override
          public byte[] handle(Context context, byte[] message) {
            context.upgrades().setParams(new UpgradeParams(message[0] == 1, message[1] == 1));
            return new byte[0];
          }
        });
  }

  private abstract static class Handler implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }
  }
}
