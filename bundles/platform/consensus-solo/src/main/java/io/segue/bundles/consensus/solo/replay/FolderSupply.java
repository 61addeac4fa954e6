package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.UpgradeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings generations from a folder. What a plan's info is bound to the node takes itself, by way of
 * {@link FolderSidecar}; for other plans each artifact of the plan is deployed until one gives the
 * generation that the chain ran.
 */
final class FolderSupply implements GenerationSupply {
  private static final Pattern CHECKSUM = Pattern.compile("checksum=sha256:([0-9a-f]{64})");

  private final Node node;
  private final BundleFolder folder;

  /** Why an artifact is not what is wanted, by its digest. */
  private final Map<String, String> refused = new LinkedHashMap<>();

  private String plan = "";
  private long changesSeen = -1;

  FolderSupply(Node node, BundleFolder folder) {
    this.node = node;
    this.folder = folder;
  }

  @Override
  public Answer bring(BlockFileItem.Generation wanted) {
    if (!plan.equals(wanted.name())) {
      plan = wanted.name();
      refused.clear();
      changesSeen = -1;
    }
    if (ready(wanted)) {
      return Answer.READY;
    }
    if (node.upgrade().filter(status -> status.state() == UpgradeState.PREPARING).isPresent()) {
      return Answer.WORKING;
    }
    try {
      for (Path file : folder.ofPlan(wanted.name())) {
        String sha256 = folder.digest(file);
        if (!refused.containsKey(sha256)) {
          refused.put(sha256, deploy(file, wanted));
          if (ready(wanted)) {
            return Answer.READY;
          }
        }
      }
      if (changesSeen >= 0 && changesSeen != folder.changes()) {
        changesSeen = folder.changes();
        node.retry();
        return Answer.WORKING;
      }
      changesSeen = folder.changes();
    } catch (DeployException e) {
      return Answer.missing(missing(wanted) + "; " + e.getMessage());
    } catch (IOException e) {
      return Answer.missing(missing(wanted) + "; the folder can't be read: " + FailureText.of(e));
    }
    return Answer.missing(missing(wanted));
  }

  @Override
  public Optional<String> heldFor() {
    return node.status().heldFor();
  }

  @Override
  public SortedMap<String, String> roots(long height) {
    SortedMap<String, String> roots = new TreeMap<>();
    node.stores(height).forEach(store -> roots.put(store.name(), store.root()));
    return roots;
  }

  private boolean ready(BlockFileItem.Generation wanted) {
    for (GenerationStatus generation : node.generations()) {
      if (generation.digest().equals(wanted.digest())
          && generation.state() == GenerationState.READY) {
        return true;
      }
    }
    return false;
  }

  /** Deploys a file; answers with why it is not what is wanted. */
  private String deploy(Path file, BlockFileItem.Generation wanted) {
    try {
      String digest = node.deploy(file, options(file)).generationDigest();
      if (digest.equals(wanted.digest())) {
        return "";
      }
      node.cancelPrepared(wanted.name());
      return file + " gives generation " + digest;
    } catch (DeployException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The chain may have run other bytes than its plan was bound to; its operators repaired it. */
  private DeployOptions options(Path file) {
    String info = node.upgrade().map(status -> status.plan().info()).orElse("");
    Matcher bound = CHECKSUM.matcher(info);
    boolean other = bound.find() && !bound.group(1).equals(folder.digest(file));
    return other ? new DeployOptions(Optional.of(bound.group(1))) : DeployOptions.NONE;
  }

  private String missing(BlockFileItem.Generation wanted) {
    StringBuilder text =
        new StringBuilder()
            .append("generation ")
            .append(wanted.name())
            .append(' ')
            .append(wanted.digest())
            .append(", which the chain ran from height ")
            .append(wanted.height())
            .append(" on, is missing; put the artifact of plan ")
            .append(wanted.name())
            .append(" into ")
            .append(folder.folder());
    refused.values().stream()
        .filter(why -> !why.isEmpty())
        .forEach(why -> text.append("; ").append(why));
    return text.toString();
  }
}
