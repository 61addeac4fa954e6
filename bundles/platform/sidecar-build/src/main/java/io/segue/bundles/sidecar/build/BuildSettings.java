package io.segue.bundles.sidecar.build;

/** Settings of the sidecar, from {@code etc/io.segue.sidecar.build.cfg}. */
@interface BuildSettings {
  /**
   * Which repositories may be asked, with commas between: {@code https}, {@code http-loopback}
   * (http to this machine only), {@code http}, {@code file}.
   */
  String schemes() default "https";

  /**
   * Hosts that may be asked, with commas between; {@code *.example.org} stands for every host below
   * example.org; empty stands for any host.
   */
  String hosts() default "";

  /** Most bytes that a repository may send, packed; from 1 up. */
  long maxRepositoryBytes() default 256L << 20;

  /** Most bytes of all files below the path of a plan; from 1 up. */
  long maxSourceBytes() default 64L << 20;

  /** Most files below the path of a plan; from 1 up. */
  int maxFiles() default 20_000;

  /** Most bytes of the artifact; from 1 up. */
  long maxArtifactBytes() default 64L << 20;

  /** Most bytes of the log of one build; from 1,024 up. */
  int maxLogBytes() default 4 << 20;

  /** How long a repository may send nothing, in milliseconds; from 1,000 up. */
  int readTimeoutMs() default 30_000;

  /** How long fetching and building may take together, in milliseconds; from 1,000 up. */
  int timeoutMs() default 600_000;

  /** Heap of the process that compiles, in bytes; from 64 MiB up. */
  long compilerHeapBytes() default 512L << 20;

  /** How long that process may take, in milliseconds; from 1,000 up. */
  int compilerTimeoutMs() default 300_000;

  /**
   * Maven's command by its absolute path, for plans that ask for it; empty: none is run. Maven runs
   * what the sources tell it to.
   */
  String maven() default "";

  /** What Maven is asked to do, with blanks between. */
  String mavenArguments() default "-B -q -DskipTests package";
}
