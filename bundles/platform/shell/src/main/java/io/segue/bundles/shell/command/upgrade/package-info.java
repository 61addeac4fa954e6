/**
 * {@code upgrade:}. In the order of an upgrade: {@code UpgradeCheck} checks an artifact, {@code
 * UpgradeDeploy} and {@code UpgradePrepare} bring it into the node, {@code UpgradePlan} and {@code
 * UpgradeProgress} show what is pending, {@code UpgradeRetry} and {@code UpgradeCancelPrepared}
 * repair it, {@code UpgradeGenerations} and {@code UpgradeHistory} show what ran.
 */
@NullMarked
package io.segue.bundles.shell.command.upgrade;

import org.jspecify.annotations.NullMarked;
