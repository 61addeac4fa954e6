package io.segue.bundles.cli.chain;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that descriptors make. A module is called after its proto package, without the
 * version: {@code bank} for {@code cosmos.bank.v1beta1}. A message is called after its type without
 * {@code Msg}, a query after its method, both in kebab case; where the Cosmos SDK's own command
 * line has another name, that one counts.
 *
 * <p>Where packages of one module have types, methods or commands of one name, the newest version
 * has the command; {@code v1} is newer than {@code v1beta1}. The others are reached by their full
 * name.
 *
 * @param messages types by command; of those that somebody can sign
 * @param queries methods by command
 */
public record Modules(
    SortedMap<String, SortedMap<String, Descriptor>> messages,
    SortedMap<String, SortedMap<String, MethodDescriptor>> queries) {
  private static final String MESSAGES = "Msg";
  private static final Pattern VERSION = Pattern.compile("v(\\d+)(?:(alpha|beta)(\\d+))?");
  private static final Pattern WORD =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** Names of the Cosmos SDK's command line that its protos do not tell. */
  private static final Map<String, String> SDK_NAMES =
      Map.ofEntries(
          Map.entry("cosmos.bank.v1beta1.Query.AllBalances", "balances"),
          Map.entry("cosmos.bank.v1beta1.Query.SupplyOf", "total-supply-of"),
          Map.entry("cosmos.bank.v1beta1.Query.DenomMetadataByQueryString", "denom-metadata"),
          Map.entry("cosmos.bank.v1beta1.Query.DenomOwnersByQuery", "denom-owners"),
          Map.entry("cosmos.bank.v1beta1.Query.SpendableBalanceByDenom", "spendable-balance"),
          Map.entry("cosmos.gov.v1.Query.TallyResult", "tally"),
          Map.entry("cosmos.gov.v1.MsgVoteWeighted", "weighted-vote"),
          Map.entry("cosmos.staking.v1beta1.Query.DelegatorDelegations", "delegations"),
          Map.entry("cosmos.staking.v1beta1.Query.ValidatorDelegations", "delegations-to"),
          Map.entry(
              "cosmos.staking.v1beta1.Query.DelegatorUnbondingDelegations",
              "unbonding-delegations"),
          Map.entry(
              "cosmos.staking.v1beta1.Query.ValidatorUnbondingDelegations",
              "unbonding-delegations-from"),
          Map.entry("cosmos.staking.v1beta1.MsgUndelegate", "unbond"),
          Map.entry("cosmos.staking.v1beta1.MsgBeginRedelegate", "redelegate"),
          Map.entry("cosmos.staking.v1beta1.MsgCancelUnbondingDelegation", "cancel-unbond"),
          Map.entry("cosmos.upgrade.v1beta1.MsgCancelUpgrade", "cancel-software-upgrade"),
          Map.entry("cosmos.upgrade.v1beta1.Query.AppliedPlan", "applied"),
          Map.entry("cosmos.upgrade.v1beta1.Query.CurrentPlan", "plan"));

  /** The commands of files. */
  public static Modules of(List<FileDescriptor> files) {
    Modules modules = new Modules(new TreeMap<>(), new TreeMap<>());
    files.stream()
        .sorted(
            Comparator.comparingLong((FileDescriptor file) -> age(file.getPackage()))
                .thenComparing(FileDescriptor::getPackage))
        .forEach(modules::add);
    return modules;
  }

  private void add(FileDescriptor file) {
    String module = module(file.getPackage());
    for (Descriptor type : file.getMessageTypes()) {
      if (!SignerFields.fields(type).isEmpty()) {
        String name =
            type.getName().startsWith(MESSAGES) ? type.getName().substring(3) : type.getName();
        put(messages, module, name, type);
      }
    }
    for (ServiceDescriptor service : file.getServices()) {
      if (!service.getName().equals(MESSAGES) && !service.getOptions().getExtension(Msg.service)) {
        for (MethodDescriptor method : service.getMethods()) {
          put(queries, module, method.getName(), method);
        }
      }
    }
  }

  /** A type or method has one command, also where only one of its versions has another name. */
  private static <T extends GenericDescriptor> void put(
      Map<String, SortedMap<String, T>> modules, String module, String name, T value) {
    SortedMap<String, T> commands = modules.computeIfAbsent(module, none -> new TreeMap<>());
    String command = SDK_NAMES.getOrDefault(value.getFullName(), kebab(name));
    boolean newer =
        commands.containsKey(command)
            || commands.values().stream().anyMatch(one -> one.getName().equals(value.getName()));
    commands.put(newer ? value.getFullName() : command, value);
  }

  /** {@code update-params} for {@code UpdateParams}. */
  public static String kebab(String name) {
    return WORD.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  /** {@code bank} for {@code cosmos.bank.v1beta1}. */
  public static String module(String protoPackage) {
    String[] parts = protoPackage.split("\\.");
    int last = parts.length - 1;
    return last > 0 && VERSION.matcher(parts[last]).matches() ? parts[last - 1] : parts[last];
  }

  /** Smaller for what counts first. */
  private static long age(String protoPackage) {
    Matcher version = VERSION.matcher(protoPackage.substring(protoPackage.lastIndexOf('.') + 1));
    if (!version.matches() || version.group(1).length() > 6) {
      return Long.MAX_VALUE;
    }
    long stage = version.group(2) == null ? 2 : version.group(2).equals("beta") ? 1 : 0;
    return -(stage * 1_000_000 + Long.parseLong(version.group(1)));
  }
}
