package io.segue.bundles.cli.bench.measure;

import io.segue.kernel.api.upgrade.UpgradeHandler;

/** An upgrade without work on data. Its class file goes into the bundles that a benchmark makes. */
public final class EmptyHandler implements UpgradeHandler {}
