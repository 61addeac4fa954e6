package io.segue.bundles.bnd.library;

public final class InSignature {}
