package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ADMISSION;

import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import java.util.stream.Stream;

/**
 * Modules that use what looks harmless in a class that is well known: a member with a clock, a
 * random number, a thread, the node's language, an address in memory or a version of Java behind
 * it. Each is refused because the list of what may be used does not have the member.
 */
public final class MemberTricks {
  /** What it does, the statement, and what the refusal says. */
  private static final String ROWS =
      """
      asks a calendar of Thailand for today  | java.time.chrono.ThaiBuddhistChronology.INSTANCE.dateNow(); | ThaiBuddhistChronology.INSTANCE
      asks a calendar of Japan for today     | java.time.chrono.JapaneseChronology.INSTANCE.dateNow(); | JapaneseChronology.INSTANCE
      asks the year                          | java.time.Year.now(); | java.time.Year.now()
      asks the month in UTC                  | java.time.YearMonth.now(java.time.Clock.systemUTC()); | java.time.Clock.systemUTC()
      ticks                                  | java.time.Clock.tickSeconds(java.time.ZoneOffset.UTC); | every node reads another time
      takes an InstantSource                 | java.time.InstantSource.system().instant(); | every node reads another time
      measures its own time                  | long t = System.nanoTime(); | java.lang.System.nanoTime()
      asks a date of old                     | new java.util.Date(0).getTimezoneOffset(); | the time zone depends on the node
      waits for a time                       | java.util.concurrent.locks.LockSupport.parkNanos(1); | the order in which threads run
      tests for primes by chance             | java.math.BigInteger.TEN.isProbablePrime(1); | every node draws another number
      takes the next prime by chance         | java.math.BigInteger.TEN.nextProbablePrime(); | every node draws another number
      draws bits                             | new java.math.BigInteger(8, new java.util.Random(1)); | every node draws another number
      shuffles with a seed                   | java.util.Collections.shuffle(new java.util.ArrayList<>(), new java.util.Random(1)); | makes a java.util.Random(long)
      draws from a generator of generators   | java.util.random.RandomGenerator.getDefault(); | every node draws another number
      draws a stream                         | new java.util.SplittableRandom(7).ints(); | every node draws another number
      draws a secure number                  | new java.security.SecureRandom(new byte[1]).nextInt(); | every node draws another number
      makes its text an address              | Object o = ("no such key: " + new byte[3]); | makes a text of a byte[]
      makes a text of a lambda               | Runnable r = () -> {}; Object o = "" + r; | makes a text of a java.lang.Runnable
      makes a text of a stream               | String.valueOf(coins.stream()); | makes a text of a java.util.stream.Stream
      makes a text of itself                 | Object o = new StringBuilder().append(this); | makes a text of a x.bank.Factory$1
      makes a text of a digest               | try { Object o = "" + java.security.MessageDigest.getInstance("SHA-256"); } catch (java.security.GeneralSecurityException e) {} | makes a text of a java.security.MessageDigest
      makes a text of an iterator            | Object o = coins.iterator().toString(); | makes a text of a java.util.Iterator
      hands texts to a stream by reference   | coins.stream().map(c -> new byte[1]).map(String::valueOf).count(); | String::valueOf(Object)
      formats an address                     | String.format(java.util.Locale.ROOT, "%s", new int[1]); | its values have text
      formats a hash                         | String.format(java.util.Locale.ROOT, "%h", coins); | its format must be a constant
      hashes an enum                         | int h = java.util.Objects.hash(java.math.RoundingMode.UP); | in a method hashCode
      hashes a list                          | int h = coins.hashCode(); | in a method hashCode
      hashes an entry                        | int h = java.util.Map.entry(coins, 1).hashCode(); | in a method hashCode
      hashes a record                        | record Pair(Object a) {} int h = new Pair(clock).hashCode(); | in a method hashCode
      hashes by reference                    | java.util.function.ToIntFunction<Object> f = Object::hashCode; | in a method hashCode
      hashes an array deeply                 | java.util.Arrays.deepHashCode(new Object[] {clock}); | java.util.Arrays.deepHashCode(Object[])
      sorts by hash                          | new java.util.TreeMap<Object, Object>(java.util.Comparator.comparing(Object::hashCode)); | in a method hashCode
      compares boxes by identity             | boolean b = Long.valueOf(fee) == Long.valueOf(height); | compares java.lang.Long and java.lang.Long by ==
      compares texts by identity             | boolean b = name() == "bank"; | compares java.lang.String and java.lang.String by ==
      names a lambda                         | Object o = clock.getClass().getName(); | java.lang.Class.getName()
      asks for its simple name               | Object o = getClass().getSimpleName(); | java.lang.Class.getSimpleName()
      locks on an object of its own          | Object lock = new Object(); | makes a java.lang.Object
      asks the level of the log              | if (org.slf4j.LoggerFactory.getLogger("x").isDebugEnabled()) { fee = 1; } | what is logged depends on a level
      lets the log make a text               | org.slf4j.LoggerFactory.getLogger("x").debug("{}", this); | org.slf4j.Logger.debug(String,Object)
      lets the log ask for a text            | org.slf4j.LoggerFactory.getLogger("x").atDebug().log(() -> "x"); | what is logged depends on a level
      logs an exception of its own           | org.slf4j.LoggerFactory.getLogger("x").error("x", new IllegalStateException()); | org.slf4j.Logger.error(String,Throwable)
      keeps something in the log's context   | org.slf4j.MDC.put("x", "1"); | what is logged depends on a level
      writes the time by a format            | String.format(java.util.Locale.ROOT, "%tT", fee); | its format must be a constant
      writes groups of digits                | String.format(java.util.Locale.ROOT, "%,d", fee); | its format must be a constant
      writes the end of a line               | String.format(java.util.Locale.ROOT, "%n"); | its format must be a constant
      makes its format of a text             | String.format(java.util.Locale.ROOT, name(), fee); | its format must be a constant
      asks for the signs of decimals         | java.time.format.DecimalStyle.ofDefaultLocale(); | pass Locale.ROOT
      asks the language of Turkey            | java.util.Locale.forLanguageTag("tr").toString(); | depend on the locale
      names the months                       | java.time.Month.MAY.getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ROOT); | java.time.format.TextStyle.FULL
      writes days by name                    | java.time.format.DateTimeFormatter.ofPattern("EEEE", java.util.Locale.ROOT); | its pattern must be a constant of digits
      collates                               | java.text.Collator.getInstance(); | depend on the locale
      normalizes                             | java.text.Normalizer.normalize("x", java.text.Normalizer.Form.NFC); | tables of characters grow
      asks rules of a zone                   | java.time.ZoneOffset.UTC.getRules(); | java.time.ZoneOffset.getRules()
      shows a date in a zone                 | java.time.Instant.EPOCH.atZone(java.time.ZoneId.of("Europe/Berlin")); | the time zone depends on the node
      streams in parallel by a spliterator   | java.util.stream.StreamSupport.stream(coins.spliterator(), true); | java.util.List.spliterator()
      lets a stream be parallel              | java.util.stream.IntStream.range(0, 9).parallel().sum(); | java.util.stream.IntStream.parallel()
      sorts in parallel                      | java.util.Arrays.parallelSort(new long[9]); | java.util.Arrays.parallelSort(long[])
      fills in parallel                      | java.util.Arrays.parallelSetAll(new long[9], i -> i); | java.util.Arrays.parallelSetAll(long[],IntToLongFunction)
      takes any element                      | coins.stream().findAny(); | java.util.stream.Stream.findAny()
      counts by atomics                      | new java.util.concurrent.atomic.LongAdder().increment(); | the block thread, CheckTx and queries share it
      keeps a soft reference                 | new java.lang.ref.SoftReference<>(this); | the block thread, CheckTx and queries share it
      registers a cleaner                    | java.lang.ref.Cleaner.create(); | the block thread, CheckTx and queries share it
      walks over groups of a stream          | coins.stream().collect(java.util.stream.Collectors.groupingBy(c -> c)); | its order differs between runs
      collects a set                         | coins.stream().collect(java.util.stream.Collectors.toUnmodifiableSet()); | its order differs between runs
      casts to a hash map                    | Object o = (java.util.HashMap<?, ?>) clock.get(); | casts to java.util.HashMap
      lowers letters of any language         | "I".toLowerCase(java.util.Locale.ROOT); | tables of characters grow
      compares letters of any case           | "a".compareToIgnoreCase("B"); | tables of characters grow
      looks for letters of any language      | "a".matches("\\\\p{L}"); | its pattern must be a constant
      looks for the ends of words            | "a".split("\\\\b"); | its pattern must be a constant
      looks for a line's end                 | "a".replaceAll("\\\\R", ""); | its pattern must be a constant
      repeats what repeats                   | java.util.regex.Pattern.compile("(x+x+)+y").matcher("x"); | its pattern must be a constant
      repeats what overlaps                  | "x".matches("(x|xx)*y"); | its pattern must be a constant
      takes its pattern from outside         | java.util.regex.Pattern.compile(name()); | its pattern must be a constant
      compiles a pattern with flags          | java.util.regex.Pattern.compile("x", 2); | java.util.regex.Pattern.compile(String,int)
      reads a digit of any language          | Character.getNumericValue('x'); | tables of characters grow
      takes a digest from outside            | try { java.security.MessageDigest.getInstance(name()); } catch (java.security.GeneralSecurityException e) {} | its text must be a constant
      asks who provides a digest             | try { java.security.MessageDigest.getInstance("MD5").getProvider(); } catch (java.security.GeneralSecurityException e) {} | java.security.MessageDigest.getProvider()
      asks a charset by name                 | java.nio.charset.Charset.forName("x"); | java.nio.charset.Charset.forName(String)
      makes memory that is not on the heap   | java.nio.ByteBuffer.allocateDirect(1); | java.nio.ByteBuffer.allocateDirect(int)
      orders bytes as the machine does       | java.nio.ByteOrder.nativeOrder(); | it belongs to the node
      says what Java said                    | try { Long.parseLong(name()); } catch (NumberFormatException e) { throw new IllegalStateException(e.getMessage()); } | what Java's own exceptions say
      says what Java said of an index        | try { name().charAt(9); } catch (IndexOutOfBoundsException e) { throw new IllegalStateException("" + e.toString()); } | what Java's own exceptions say
      gives a fraction as a number           | fee = new java.math.BigDecimal("0.1").hashCode() + (long) Math.sqrt(fee); | results are rounded
      sums fractions                         | java.util.stream.LongStream.of(1).average(); | results are rounded
      describes a constant                   | name().describeConstable(); | java.lang.String.describeConstable()
      finds enums by reflection              | java.math.RoundingMode.class.getEnumConstants(); | java.lang.Class.getEnumConstants()
      reads a resource by its class          | getClass().getResourceAsStream("x"); | java.lang.Class.getResourceAsStream(String)
      looks up a method                      | java.lang.invoke.MethodType.methodType(String.class); | name classes and members in the source
      keeps a copy of its stack              | new IllegalStateException().getStackTrace(); | frames and lines depend
      swallows the end of its memory         | try { work(); } catch (VirtualMachineError e) { fee = 1; } | catches java.lang.VirtualMachineError
      expects a stack without end            | try { work(); } catch (StackOverflowError e) { new IllegalStateException().addSuppressed(new RuntimeException(e)); } | catches java.lang.StackOverflowError
      catches what a machine threw           | try { work(); } catch (SecurityException e) { fee = 1; } | catches java.lang.SecurityException
      compresses                             | new java.util.zip.Deflater(); | it is not on the list of what may be used
      observes an object                     | java.util.Collections.newSetFromMap(new java.util.LinkedHashMap<>()); | java.util.Collections.newSetFromMap(Map)
      peeks into a stream                    | coins.stream().peek(c -> {}).count(); | java.util.stream.Stream.peek(Consumer)
      """;

  private MemberTricks() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return ROWS.lines().map(row -> row.split(" \\| ", 3)).map(MemberTricks::module);
  }

  private static Hostile module(String[] row) {
    String members =
        """
        private final java.util.function.Supplier<Object> clock = () -> 1;
        private final java.util.List<String> coins = java.util.List.of();
        private final long height = 7;
        public void beginBlock(Context context) {
          long fee = context.height();
          %s
        }
        private void work() { throw new IllegalStateException(); }
        """
            .formatted(row[1].strip());
    return Hostile.bank(
        "a module that " + row[0].strip(),
        TestBundle.module("bank", "2.0.0")
            .header(
                "Import-Package",
                "io.segue.kernel.api.module,io.segue.kernel.api.upgrade,org.slf4j")
            .source("x.bank.Factory", TestSources.factory("x.bank", "bank", "return 1;", members)),
        ADMISSION,
        row[2].strip());
  }
}
