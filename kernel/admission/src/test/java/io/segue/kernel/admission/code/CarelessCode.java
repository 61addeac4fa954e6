package io.segue.kernel.admission.code;

import io.segue.kernel.admission.artifact.TestSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Statements that a module must not have, each in a class of its own, compiled at once. */
final class CarelessCode {
  /**
   * One statement.
   *
   * @param rule the rule it breaks
   * @param found what the report says about it
   */
  record Row(String rule, String found, String statement, String className) {
    @Override
    public String toString() {
      return rule + ": " + statement;
    }
  }

  private static final String ROWS =
      """
      clock         | calls java.lang.System.currentTimeMillis( | use(System.currentTimeMillis());
      clock         | calls java.lang.System.nanoTime( | use(System.nanoTime());
      clock         | calls java.time.Instant.now( | use(java.time.Instant.now());
      clock         | calls java.time.LocalDate.now( | use(java.time.LocalDate.now(java.time.ZoneOffset.UTC));
      clock         | calls java.time.Clock.systemUTC( | use(java.time.Clock.systemUTC());
      clock         | makes a java.util.Date | use(new java.util.Date());
      clock         | refers to java.time.Instant::now | supply(java.time.Instant::now);
      clock         | refers to java.lang.System::nanoTime | supply(System::nanoTime);
      randomness    | makes a java.util.Random | use(new java.util.Random(7));
      randomness    | makes a java.security.SecureRandom | use(new java.security.SecureRandom());
      randomness    | calls java.lang.Math.random( | use(Math.random() > 0);
      randomness    | calls java.util.UUID.randomUUID( | use(java.util.UUID.randomUUID());
      randomness    | makes a java.util.SplittableRandom | use(new java.util.SplittableRandom());
      randomness    | calls java.util.concurrent.ThreadLocalRandom.current( | use(java.util.concurrent.ThreadLocalRandom.current());
      randomness    | calls java.util.Collections.shuffle( | java.util.Collections.shuffle(new java.util.ArrayList<>());
      threads       | makes a java.lang.Thread | new Thread(() -> {}).start();
      threads       | refers to java.lang.Thread::<init> | map(Thread::new);
      threads       | calls java.util.concurrent.CompletableFuture.runAsync( | use(java.util.concurrent.CompletableFuture.runAsync(() -> {}));
      threads       | calls java.util.concurrent.Executors.newCachedThreadPool( | use(java.util.concurrent.Executors.newCachedThreadPool());
      threads       | calls java.util.concurrent.ForkJoinPool.commonPool( | use(java.util.concurrent.ForkJoinPool.commonPool());
      threads       | calls java.util.List.parallelStream( | use(java.util.List.of(1).parallelStream());
      threads       | calls java.util.ArrayList.parallelStream( | use(new java.util.ArrayList<>().parallelStream());
      threads       | calls java.util.stream.Stream.parallel( | use(java.util.List.of(1).stream().parallel());
      threads       | calls java.util.Arrays.parallelSort( | java.util.Arrays.parallelSort(new int[2]);
      threads       | makes a java.util.Timer | use(new java.util.Timer());
      threads       | calls java.util.concurrent.TimeUnit.sleep( | java.util.concurrent.TimeUnit.SECONDS.sleep(1);
      threads       | calls java.lang.Object.wait( | synchronized (this) { wait(); }
      threads       | makes a java.lang.ThreadLocal | use(new ThreadLocal<String>());
      monitor       | enters a synchronized block | synchronized (this) { use(1); }
      monitor       | calls java.util.Collections.synchronizedMap( | use(java.util.Collections.synchronizedMap(new java.util.TreeMap<>()));
      monitor       | makes a java.util.Vector | use(new java.util.Vector<>());
      state-between-calls | makes a java.util.concurrent.atomic.AtomicLong | use(new java.util.concurrent.atomic.AtomicLong());
      state-between-calls | makes a java.lang.ref.WeakReference | use(new java.lang.ref.WeakReference<>(this));
      static-state  | writes the static field careless. | count++;
      floating-point | computes with float or double | use((int) (tenth * 3));
      floating-point | computes with float or double | use(tenth < 1);
      floating-point | calls java.lang.Double.parseDouble( | tenth(Double.parseDouble("0.1"));
      floating-point | calls java.lang.Math.sqrt( | tenth(Math.sqrt(2));
      floating-point | calls java.math.BigDecimal.doubleValue( | tenth(java.math.BigDecimal.ONE.doubleValue());
      floating-point | turns a float or double into text | use("a" + tenth);
      floating-point | calls java.lang.String.valueOf( | use(String.valueOf(tenth));
      floating-point | calls java.util.OptionalDouble.getAsDouble( | tenth(java.util.stream.LongStream.of(1, 2).average().getAsDouble());
      locale        | calls java.lang.String.toLowerCase( | use("I".toLowerCase());
      locale        | refers to java.lang.String::toUpperCase | text(String::toUpperCase);
      locale        | calls java.lang.String.format( | use(String.format("%d", 1));
      locale        | calls java.lang.String.formatted( | use("%d".formatted(1));
      locale        | makes a java.util.Scanner | use(new java.util.Scanner("1"));
      locale        | makes a java.text.DecimalFormat | use(new java.text.DecimalFormat("0"));
      locale        | calls java.util.Locale.setDefault( | java.util.Locale.setDefault(java.util.Locale.ROOT);
      locale        | calls java.time.format.DateTimeFormatter.ofPattern( | use(java.time.format.DateTimeFormatter.ofPattern("MMM"));
      charset       | calls java.lang.String.getBytes( | use("a".getBytes());
      charset       | makes a java.lang.String | use(new String(new byte[1]));
      charset       | calls java.nio.charset.Charset.defaultCharset( | use(java.nio.charset.Charset.defaultCharset());
      charset       | makes a java.io.InputStreamReader | use(new java.io.InputStreamReader(java.io.InputStream.nullInputStream()));
      charset       | calls java.io.ByteArrayOutputStream.toString( | use(new java.io.ByteArrayOutputStream().toString());
      time-zone     | calls java.time.ZoneId.systemDefault( | use(java.time.ZoneId.systemDefault());
      time-zone     | calls java.time.ZoneId.of( | use(java.time.ZoneId.of("Europe/Berlin"));
      time-zone     | calls java.util.TimeZone.getDefault( | use(java.util.TimeZone.getDefault());
      time-zone     | calls java.util.Calendar.getInstance( | use(java.util.Calendar.getInstance());
      hash-order    | makes a java.util.HashMap | use(new java.util.HashMap<>());
      hash-order    | makes a java.util.HashSet | use(new java.util.HashSet<>());
      hash-order    | makes a java.util.IdentityHashMap | use(new java.util.IdentityHashMap<>());
      hash-order    | makes a java.util.concurrent.ConcurrentHashMap | use(new java.util.concurrent.ConcurrentHashMap<>());
      hash-order    | refers to java.util.HashMap::<init> | supply(java.util.HashMap::new);
      hash-order    | calls java.util.Set.of( | use(java.util.Set.of(1, 2));
      hash-order    | calls java.util.Map.of( | use(java.util.Map.of(1, 2, 3, 4));
      hash-order    | calls java.util.Map.copyOf( | use(java.util.Map.copyOf(new java.util.TreeMap<>()));
      hash-order    | calls java.util.stream.Collectors.toSet( | use(java.util.stream.Collectors.toSet());
      identity      | calls java.lang.System.identityHashCode( | use(System.identityHashCode(this));
      identity      | calls java.util.concurrent.TimeUnit.hashCode( | use(java.util.concurrent.TimeUnit.DAYS.hashCode());
      environment   | calls java.lang.System.getProperty( | use(System.getProperty("user.dir"));
      environment   | calls java.lang.System.getenv( | use(System.getenv());
      environment   | calls java.lang.System.lineSeparator( | use(System.lineSeparator());
      environment   | calls java.lang.Integer.getInteger( | use(Integer.getInteger("x"));
      assertions    | calls java.lang.Class.desiredAssertionStatus( | assert getClass() != null;
      process       | calls java.lang.System.exit( | System.exit(1);
      process       | calls java.lang.System.gc( | System.gc();
      process       | calls java.lang.Runtime.halt( | Runtime.getRuntime().halt(1);
      process       | makes a java.lang.ProcessBuilder | use(new ProcessBuilder("ls"));
      output        | uses java.lang.System.out | System.out.println();
      output        | calls java.lang.Exception.printStackTrace( | new Exception().printStackTrace();
      files         | makes a java.io.File | use(new java.io.File("x"));
      files         | calls java.nio.file.Files.readAllBytes( | use(java.nio.file.Files.readAllBytes(null));
      files         | makes a java.io.FileInputStream | use(new java.io.FileInputStream("x"));
      network       | makes a java.net.Socket | use(new java.net.Socket());
      network       | calls java.net.InetAddress.getLocalHost( | use(java.net.InetAddress.getLocalHost());
      reflection    | calls java.lang.Class.forName( | use(Class.forName("x"));
      reflection    | calls java.lang.Class.getDeclaredField( | use(String.class.getDeclaredField("value"));
      reflection    | calls java.lang.invoke.MethodHandles.lookup( | use(java.lang.invoke.MethodHandles.lookup());
      reflection    | calls java.lang.reflect.Array.newInstance( | use(java.lang.reflect.Array.newInstance(int.class, 1));
      class-loading | calls java.util.ServiceLoader.load( | use(java.util.ServiceLoader.load(Runnable.class));
      class-loading | calls java.lang.ClassLoader.getSystemClassLoader( | use(ClassLoader.getSystemClassLoader());
      class-loading | names java.lang.ClassLoader | use(ClassLoader.class);
      stack         | calls java.lang.StackWalker.getInstance( | use(StackWalker.getInstance());
      stack         | calls java.lang.Exception.getStackTrace( | use(new Exception().getStackTrace());
      serialization | makes a java.io.ObjectOutputStream | use(new java.io.ObjectOutputStream(null));
      platform      | calls java.util.prefs.Preferences.userRoot( | use(java.util.prefs.Preferences.userRoot());
      platform      | makes a java.util.zip.Deflater | use(new java.util.zip.Deflater());
      framework     | calls org.osgi.framework.FrameworkUtil.getBundle( | use(org.osgi.framework.FrameworkUtil.getBundle(getClass()));
      framework     | names io.segue.kernel.api.node.Node | use(io.segue.kernel.api.node.Node.class);
      missing-class | calls org.assertj.core.api.Assertions.fail( | use(org.assertj.core.api.Assertions.fail("x"));
      catches-errors | catches java.lang.Throwable and does not throw it on | try { run(); } catch (Throwable t) { use(t); }
      catches-errors | catches java.lang.StackOverflowError and does not throw it on | try { run(); } catch (StackOverflowError t) { return; }
      catches-errors | catches java.lang.OutOfMemoryError and does not throw it on | try { run(); } catch (OutOfMemoryError t) { throw new IllegalStateException(t); }
      catches-errors | catches java.lang.LinkageError and does not throw it on | try { run(); } catch (LinkageError | RuntimeException t) { throw new IllegalStateException(); }
      catches-errors | catches everything and does not throw it on | try { run(); } finally { return; }
      unicode  | calls java.lang.Character.isLetter( | use(Character.isLetter('a'));
      unicode       | calls java.lang.Character.isDigit(char) | use(Character.isDigit('a'));
      unicode       | calls java.lang.Character.digit(int,int) | use(Character.digit(0x660, 10));
      unicode       | calls java.lang.String.toUpperCase(Locale) | use("a".toUpperCase(java.util.Locale.ROOT));
      unicode       | calls java.lang.String.equalsIgnoreCase(String) | use("a".equalsIgnoreCase("A"));
      unicode       | uses java.lang.String.CASE_INSENSITIVE_ORDER | use(String.CASE_INSENSITIVE_ORDER);
      java-version  | calls java.lang.NumberFormatException.getMessage() | try { use(Long.parseLong("x")); } catch (NumberFormatException e) { use(e.getMessage()); }
      java-version  | calls java.lang.IndexOutOfBoundsException.toString() | try { use("x".charAt(3)); } catch (IndexOutOfBoundsException e) { use(e.toString()); }
      log-level     | calls org.slf4j.Logger.isDebugEnabled() | use(org.slf4j.LoggerFactory.getLogger("x").isDebugEnabled());
      log-level     | calls org.slf4j.Logger.info(String,Object) | org.slf4j.LoggerFactory.getLogger("x").info("{}", this);
      constant      | calls java.security.MessageDigest.getInstance(String), and its text must be a constant | use(java.security.MessageDigest.getInstance(name()));
      pattern       | calls java.util.regex.Pattern.compile(String), and its pattern must be | use(java.util.regex.Pattern.compile(name()));
      pattern       | calls java.lang.String.matches(String), and its pattern must be | use("a".matches("\\\\p{L}+"));
      pattern       | calls java.lang.String.split(String), and its pattern must be | use("a".split("(a+)+b"));
      pattern       | calls java.lang.String.matches(String), and its pattern must be | use("a".matches("(a|aa)+"));
      pattern       | calls java.lang.String.matches(String), and its pattern must be | use("a".matches("(a|b){2}"));
      pattern       | calls java.lang.String.replaceAll(String,String), and its pattern | use("a".replaceAll("a(?=b)", ""));
      pattern       | calls java.lang.String.format(Locale,String,Object[]), and its format | use(String.format(java.util.Locale.ROOT, "%tT", 1L));
      pattern       | calls java.lang.String.format(Locale,String,Object[]), and its format | use(String.format(java.util.Locale.ROOT, name(), 1L));
      pattern       | calls java.lang.String.format(Locale,String,Object[]), and its format | use(String.format(java.util.Locale.ROOT, "%s", new byte[1]));
      pattern       | calls java.time.format.DateTimeFormatter.ofPattern(String,Locale), and its pattern | use(java.time.format.DateTimeFormatter.ofPattern("EEE, d MMM", java.util.Locale.ROOT));
      identity      | makes a text of a byte[] | use("key " + bytes);
      identity      | makes a text of a careless.C | use("me " + this);
      identity      | makes a text of a java.util.function.Supplier | java.util.function.Supplier<?> s = () -> 1; use("" + s);
      identity      | makes a text of a byte[], calls java.lang.Object.toString() | use(bytes.toString());
      identity      | makes a text of a byte[], calls java.lang.String.valueOf(Object) | use(String.valueOf((Object) bytes));
      identity      | makes a text of a careless.C | use(new StringBuilder().append(this));
      identity      | refers to java.lang.String::valueOf(Object), and it must not be | map(String::valueOf);
      identity      | calls java.util.Objects.hash(Object[]), and it must be in a method hashCode | use(java.util.Objects.hash(1, this));
      identity      | calls java.util.List.hashCode(), and it must be in a method hashCode | use(java.util.List.of(this).hashCode());
      identity      | refers to java.lang.Object::hashCode(), and it must be in a method hashCode | map(Object::hashCode);
      identity      | compares java.lang.Integer and java.lang.Integer by == | use(Integer.valueOf(1000) == Integer.valueOf(name()));
      identity      | compares java.lang.String and java.lang.String by == | use(name() != name().strip());
      identity      | calls java.lang.Class.getName() | use(getClass().getName());
      identity      | calls java.lang.Class.getSimpleName() | use(getClass().getSimpleName());
      """;

  private static final String CLASS =
      """
      package careless;
      class %s {
        static long count;
        static double tenth = 0.1;
        byte[] bytes = {1};
        String name() { return ""; }
        void use(Object o) {}
        void tenth(double d) {}
        void supply(java.util.function.Supplier<?> s) {}
        void map(java.util.function.Function<Runnable, ?> s) {}
        void text(java.util.function.UnaryOperator<String> s) {}
        void run() throws Exception {
          %s
        }
      }
      """;

  private CarelessCode() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : ROWS.strip().split("\n")) {
      String[] parts = line.split("\\|", 3);
      String name = String.format(Locale.ROOT, "C%03d", rows.size());
      rows.add(new Row(parts[0].strip(), parts[1].strip(), parts[2].strip(), "careless." + name));
    }
    return rows;
  }

  /** The class files of all rows, by class name; a row has more than one where it has an assert. */
  static Map<String, byte[]> classes() {
    Map<String, String> sources = new TreeMap<>();
    for (Row row : rows()) {
      String simple = row.className().substring("careless.".length());
      sources.put(row.className(), CLASS.formatted(simple, row.statement()));
    }
    return TestSources.compile(sources);
  }
}
