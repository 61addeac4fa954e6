package io.segue.bundles.bnd.library;

public final class Indirect {}
