package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.segue.bundles.sdk.proto.auth.AuthQueryProto;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescriptorSetsTest {
  @Test
  void haveEveryImportOnceAndBeforeItsUse() throws Exception {
    FileDescriptorSet set =
        FileDescriptorSet.parseFrom(
            DescriptorSets.of(
                AuthQueryProto.getDescriptor(), BaseAccount.getDescriptor().getFile()));
    Set<String> seen = new HashSet<>();
    for (FileDescriptorProto file : set.getFileList()) {
      assertThat(seen).containsAll(file.getDependencyList());
      assertThat(seen.add(file.getName())).isTrue();
    }
    assertThat(seen).contains("cosmos/auth/v1beta1/query.proto", "google/protobuf/any.proto");
  }
}
