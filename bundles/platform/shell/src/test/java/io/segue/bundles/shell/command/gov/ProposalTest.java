package io.segue.bundles.shell.command.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.segue.bundles.shell.command.Fields;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ProposalTest {
  @Test
  void isShownWhateverItsNumbersAre() throws Exception {
    byte[] endless = Fields.withNumber(1, Long.MAX_VALUE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeInt64(3, -1);
    out.writeByteArray(5, endless);
    out.writeString(11, "readable");
    out.flush();
    Proposal proposal = new Proposal(Fields.of(bytes.toByteArray()));

    assertThat(proposal.status()).isEqualTo("STATUS_-1");
    assertThat(proposal.json()).containsEntry("title", "readable").containsEntry("submitTime", "");
    assertThat(proposal.text()).containsEntry("title", "readable").doesNotContainKey("submitted");
  }
}
