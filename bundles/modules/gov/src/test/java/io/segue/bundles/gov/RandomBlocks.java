package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.ADDRESSES;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.auth.AuthFactory;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.Bech32;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.bundles.staking.StakingFactory;
import io.segue.bundles.upgrade.UpgradeFactory;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.RandomMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Blocks of random messages of every type of every module of the first generation, by a seed, in
 * the transaction format of auth. Nothing is signed, so that governance's messages run, too.
 */
final class RandomBlocks {
  private static final int BLOCKS = 60;
  private static final int TXS_PER_BLOCK = 8;
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS, List.of("auth", "bank", "staking", "gov", "upgrade"),
          Phase.END_BLOCK, List.of("gov", "staking"));

  private static final List<String> ACCOUNTS =
      List.of(A, B, GovWithBankAndStakingTest.OWNER, A.toUpperCase(Locale.ROOT), longAccount());

  private static final Map<String, List<String>> WORDS = words();
  private static final List<String> LEGACY_CONTENTS =
      List.of(
          "/cosmos.gov.v1beta1.TextProposal",
          "/cosmos.upgrade.v1beta1.SoftwareUpgradeProposal",
          "/cosmos.upgrade.v1beta1.CancelSoftwareUpgradeProposal");

  private final List<Module> modules;
  private final List<FileDescriptor> files;

  /** Without consensus parameters: numbers at random are none, and no module keeps them. */
  private final List<String> types;

  private final long gasPerBlock;

  /** Blocks of a chain on which governance has the usual room at the ends of blocks. */
  RandomBlocks() {
    this(EndBlocker.GAS_PER_BLOCK);
  }

  /**
   * @param gasPerBlock what governance has room for at the end of a block
   */
  RandomBlocks(long gasPerBlock) {
    this.gasPerBlock = gasPerBlock;
    this.modules = modules();
    this.files = DescriptorSets.files(modules.stream().map(Module::descriptors).toList());
    this.types =
        RandomMessages.sendable(modules).stream()
            .filter(type -> !type.equals("/cosmos.consensus.v1.MsgUpdateParams"))
            .toList();
  }

  List<String> types() {
    return types;
  }

  /** Executes blocks, and answers with the types of messages that succeeded. */
  Set<String> run(ModuleChain chain, long seed) {
    return run(seed, txs -> chain.block(txs));
  }

  /** As {@link #run(ModuleChain, long)}, where somebody else executes the blocks. */
  Set<String> run(long seed, Function<byte[][], FinalizeBlockResponse> executor) {
    RandomMessages messages =
        new RandomMessages(files, WORDS, seed)
            .holding("content$", LEGACY_CONTENTS)
            .holding("pubkey$", List.of("/cosmos.crypto.ed25519.PubKey"))
            .holding("messages$", types.stream().filter(this::hasAuthority).toList());
    Set<String> done = new TreeSet<>();
    for (int block = 0; block < BLOCKS; block++) {
      byte[][] txs = new byte[TXS_PER_BLOCK][];
      String[] sent = new String[TXS_PER_BLOCK];
      for (int i = 0; i < txs.length; i++) {
        sent[i] = messages.pick(types);
        txs[i] = tx(sent[i], messages.next(sent[i]));
      }
      List<ExecTxResult> results = executor.apply(txs).txResults();
      for (int i = 0; i < sent.length; i++) {
        if (results.get(i).code() == 0) {
          done.add(sent[i]);
        }
      }
    }
    return done;
  }

  private boolean hasAuthority(String typeUrl) {
    return files.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .filter(type -> typeUrl.equals("/" + type.getFullName()))
        .anyMatch(type -> type.findFieldByName("authority") != null);
  }

  private static byte[] tx(String typeUrl, Message message) {
    Any any = Any.newBuilder().setTypeUrl(typeUrl).setValue(message.toByteString()).build();
    AuthInfo authInfo =
        AuthInfo.newBuilder().setFee(Fee.newBuilder().setGasLimit(10_000_000)).build();
    return TxRaw.newBuilder()
        .setBodyBytes(TxBody.newBuilder().addMessages(any).build().toByteString())
        .setAuthInfoBytes(authInfo.toByteString())
        .build()
        .toByteArray();
  }

  /** A chain of all modules, before its genesis. */
  ModuleChain chain() {
    return ModuleChain.of(ORDERS, modules().toArray(Module[]::new));
  }

  private List<Module> modules() {
    Platform platform = new NoCrypto();
    return List.of(
        new AuthFactory().create(platform),
        new BankFactory().create(platform),
        new StakingFactory().create(platform),
        new GovModule(ADDRESSES, gasPerBlock),
        new UpgradeFactory().create(platform));
  }

  private static Map<String, List<String>> words() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("authority$", List.of(GOV));
    words.put("bond_denom$", List.of("stake"));
    words.put("[dD]enom$|use_default_for$", List.of("stake", "stake", "stake", "ufee"));
    words.put("amount$", List.of("1", "2", "7", "10", "20"));
    words.put("min_commission_rate$", List.of("0", "50000000000000000", "0100"));
    words.put("constitution|metadata|info$|reason$", List.of("", "text", "ü"));
    words.put("title$|summary$|description$", List.of("text", "\u2028 \"ü\"", "\u0001"));
    words.put("Params\\..*(ratio|quorum|threshold)", List.of("0.5", "0.670", "0.6"));
    words.put("v1beta1.WeightedVoteOption.weight$", List.of("1000000000000000000"));
    words.put("WeightedVoteOption.weight$", List.of("1.0", "1", "1.000000000000000000"));
    words.put("Plan.name$", List.of("v2", "next"));
    words.put("cancel_dest$", List.of("", A));
    words.put(
        "alidator.*address$",
        List.of(GovWithBankAndStakingTest.OPERATOR, operatorOf(A), operatorOf(B)));
    words.put("MsgEditValidator.commission_rate$", List.of("", "", "0"));
    words.put("MsgEditValidator.min_self_delegation$", List.of("", "2", "3"));
    words.put("min_self_delegation$", List.of("1", "2"));
    words.put("CommissionRates", List.of("0", "100000000000000000", "0200000000000000000"));
    words.put("Description", List.of("text", "[do-not-modify]", "ü"));
    words.put("", ACCOUNTS);
    return words;
  }

  private static String operatorOf(String account) {
    return ADDRESSES.operator(ADDRESSES.parseAccount(account));
  }

  private static String longAccount() {
    return Bech32.encode("cosmos", new byte[32]);
  }

  /** A platform for modules that check no key. */
  private static final class NoCrypto implements Platform, Crypto {
    @Override
    public Crypto crypto() {
      return this;
    }

    @Override
    public Optional<String> setting(String name) {
      return Optional.empty();
    }

    @Override
    public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
      throw new UnsupportedOperationException("no key is checked here");
    }

    @Override
    public byte[] ripemd160(byte[] data) {
      throw new UnsupportedOperationException("no key is checked here");
    }
  }
}
