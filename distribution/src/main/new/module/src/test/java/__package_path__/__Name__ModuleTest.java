package __package__;

import static io.segue.kernel.testkit.ArtifactAssert.assertThatBundle;
import static org.assertj.core.api.Assertions.assertThat;

import __package__.proto.Entry;
import __package__.proto.MsgSign;
import __package__.proto.QueryEntriesRequest;
import __package__.proto.QueryEntriesResponse;
import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class __Name__ModuleTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final String ALICE = ADDRESSES.account(new byte[20]);

  private final ModuleChain chain =
      ModuleChain.of(Map.of(), new PlainAuth(), new __Name__Module(ADDRESSES));

  @BeforeEach
  void start() {
    chain.start("{}");
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void keepsWhatPeopleWriteInOrder() throws Exception {
    assertThat(sign("Hello").code()).isZero();
    assertThat(sign("Hello again").code()).isZero();

    assertThat(entries()).extracting(Entry::getText).containsExactly("Hello", "Hello again");
    assertThat(entries().get(0).getAuthor()).isEqualTo(ALICE);
  }

  @Test
  void refusesAnEmptyTextAndALongOne() throws Exception {
    assertThat(sign("").log()).contains("text has 0 bytes, it must be from 1 to 140");
    assertThat(sign("x".repeat(141)).log()).contains("text has 141 bytes");

    assertThat(entries()).isEmpty();
  }

  @Test
  void answersInPages() throws Exception {
    sign("Hello");
    sign("Hello again");
    QueryEntriesResponse first = entries(PageRequest.newBuilder().setLimit(1));
    assertThat(first.getEntriesList()).extracting(Entry::getText).containsExactly("Hello");

    ByteString next = first.getPagination().getNextKey();
    QueryEntriesResponse second = entries(PageRequest.newBuilder().setKey(next));
    assertThat(second.getEntriesList()).extracting(Entry::getText).containsExactly("Hello again");
    assertThat(second.getPagination().getNextKey().isEmpty()).isTrue();
  }

  @Test
  void startsFromWhatItExports() {
    sign("Hello");
    String exported = chain.exportGenesis("__name__");

    try (ModuleChain other =
        ModuleChain.of(Map.of(), new PlainAuth(), new __Name__Module(ADDRESSES))) {
      other.start("{\"__name__\":" + exported + "}");
      assertThat(other.dump("__name__")).isEqualTo(chain.dump("__name__"));
    }
  }

  @Test
  void isAdmittedByNodes() throws Exception {
    assertThatBundle(Path.of("target", "classes")).isAdmitted();
  }

  private ExecTxResult sign(String text) {
    byte[] message = MsgSign.newBuilder().setAuthor(ALICE).setText(text).build().toByteArray();
    return chain.run(PlainTx.of("/__name__.v1.MsgSign", message));
  }

  private List<Entry> entries() throws Exception {
    return entries(PageRequest.newBuilder()).getEntriesList();
  }

  private QueryEntriesResponse entries(PageRequest.Builder page) throws Exception {
    QueryEntriesRequest request = QueryEntriesRequest.newBuilder().setPagination(page).build();
    byte[] answer = chain.query("/__name__.v1.Query/Entries", request.toByteArray()).value();
    return QueryEntriesResponse.parseFrom(answer);
  }
}
