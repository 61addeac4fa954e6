package io.segue.bundles.consensus.solo.blockfile;

import io.segue.bundles.consensus.solo.wire.ProtoReader;
import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.time.Instant;

/** Misbehavior as ABCI's message {@code Misbehavior}. */
final class MisbehaviorCodec {
  private MisbehaviorCodec() {}

  static void write(ProtoWriter out, int field, Misbehavior misbehavior) {
    int mark = out.begin(field);
    out.number(1, misbehavior.type());
    int validator = out.begin(2);
    out.bytes(1, misbehavior.validatorAddress()).number(3, misbehavior.power());
    out.end(validator);
    out.number(3, misbehavior.height());
    out.timestamp(4, misbehavior.time());
    out.number(5, misbehavior.totalPower());
    out.end(mark);
  }

  static Misbehavior read(ProtoReader in) {
    int type = 0;
    byte[] address = {};
    long power = 0;
    long height = 0;
    Instant time = Instant.EPOCH;
    long totalPower = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> type = (int) in.number();
        case 2 -> {
          ProtoReader validator = in.message();
          for (int f = validator.next(); f != 0; f = validator.next()) {
            switch (f) {
              case 1 -> address = validator.bytes();
              case 3 -> power = validator.number();
              default -> validator.skip();
            }
          }
        }
        case 3 -> height = in.number();
        case 4 -> time = in.timestamp();
        case 5 -> totalPower = in.number();
        default -> in.skip();
      }
    }
    return new Misbehavior(type, address, power, height, time, totalPower);
  }
}
