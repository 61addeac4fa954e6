package io.segue.bundles.sdk.service;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Proto;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryHandler;
import java.util.function.BiFunction;

/** Answers queries of one type. */
record TypedQuery<Q extends Message, A extends Message>(
    Parser<Q> parser, BiFunction<Context, Q, A> answer, boolean internal) implements QueryHandler {
  @Override
  public byte[] query(Context context, byte[] request) {
    return answer.apply(context, Proto.request(parser, request)).toByteArray();
  }
}
