package io.segue.bundles.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.grpc.proto.ServerReflectionRequest;
import java.util.HashSet;
import java.util.Set;

/** Requests of reflection: each has an answer, also where it asks for what nobody has. */
class ReflectionFuzzTest {
  private static final Files FILES = new Files(new FakeNode().at(0).all());

  @FuzzTest
  void answersRequests(byte[] input) {
    ServerReflectionRequest request;
    try {
      request = ServerReflectionRequest.parseFrom(input);
    } catch (InvalidProtocolBufferException refused) {
      return;
    }
    Set<String> given = new HashSet<>();
    assertThat(ReflectionCalls.answer(FILES, request, given).getOriginalRequest())
        .isEqualTo(request);
  }
}
