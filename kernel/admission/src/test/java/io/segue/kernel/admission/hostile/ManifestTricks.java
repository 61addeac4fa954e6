package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ADMISSION;
import static io.segue.kernel.admission.hostile.Hostile.COMPOSITION;
import static io.segue.kernel.admission.hostile.Hostile.MANIFEST;
import static io.segue.kernel.admission.hostile.Hostile.UNRESOLVED;
import static io.segue.kernel.admission.hostile.Hostile.bank;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.TestBundle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Bundles whose manifest reaches for what a bundle of a generation may not have. */
public final class ManifestTricks {
  private ManifestTricks() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return Stream.of(
        header("Bundle-Activator", "x.bank.Activator", "remove the activator"),
        header("BUNDLE-ACTIVATOR", "x.bank.Activator", "Bundle-Activator: x.bank.Activator"),
        header("Bundle-ActivationPolicy", "lazy", "remove the header"),
        header("Service-Component", "OSGI-INF/x.xml", "remove the Declarative Services"),
        header("Fragment-Host", "x.auth", "make it a bundle"),
        header("Fragment-Host", "system.bundle;extension:=framework", "make it a bundle"),
        header("Require-Bundle", "x.auth", "through the router"),
        header("DynamicImport-Package", "*", "list them in Import-Package"),
        header("Bundle-NativeCode", "libx.so;osname=Linux", "native code"),
        header("Bundle-ClassPath", ".,lib/x.jar", "only '.' is admitted"),
        header("Export-Package", "io.segue.kernel.api.module", "exports nothing"),
        header("Export-Package", "x.bank.api", "exports nothing"),
        header("Multi-Release", "true", "the same classes on every Java"),
        header("Import-Package", "org.osgi.framework", "can be imported"),
        header("Import-Package", "org.osgi.framework;resolution:=optional", "can be imported"),
        header("Import-Package", "io.segue.kernel.core.exec", "can be imported"),
        header("Import-Package", "io.segue.bundles.auth", "through the router"),
        header("Import-Package", "javax.management", "can be imported"),
        header("Require-Capability", "osgi.extender;filter:=\"(a=b)\"", "drop the requirement"),
        header("Require-Capability", "osgi.service;filter:=\"(a=b)\"", "drop the requirement"),
        header("Bundle-ManifestVersion", "1", "it must be 2"),
        bank(
            "a capability that the framework would wire",
            Hostile.bank().provides("osgi.service;objectClass:List<String>=\"x.Y\""),
            ADMISSION,
            "Provide-Capability: osgi.service",
            "add effective:=generation or drop it"),
        renamed("the symbolic name of a platform bundle", "org.apache.felix.framework", "another"),
        renamed("the name of the framework itself", "system.bundle", "give the bundle another"),
        renamed("a singleton", "x.bank;singleton:=true", "drop the directive singleton"),
        bank(
            "a header that occurs twice",
            raw("Bundle-Version: 2.0.0\nBundle-Version: 3.0.0\n"),
            MANIFEST,
            "has the header Bundle-Version twice"),
        bank(
            "a header that occurs twice in other letters",
            raw("Bundle-Version: 2.0.0\nImport-Package: org.slf4j\nimport-package: sun.misc\n"),
            MANIFEST,
            "has the header import-package twice"),
        bank(
            "an activator hidden in a folded line",
            raw("Bundle-Version: 2.0.0\nBundle-Acti\n vator: x.bank.Activator\n"),
            ADMISSION,
            "Bundle-Activator: x.bank.Activator"),
        bank(
            "an activator whose value is folded away",
            raw("Bundle-Version: 2.0.0\nBundle-Activator: \n x.bank.Activator\n"),
            ADMISSION,
            "Bundle-Activator: x.bank.Activator"),
        bank(
            "an import hidden behind a quote",
            raw("Bundle-Version: 2.0.0\nImport-Package: org.slf4j;x=\",sun.misc\n"),
            MANIFEST,
            "a quote is not closed"),
        bank(
            "a main section that ends for one reader only",
            raw("Bundle-Version: 2.0.0\r\r\nBundle-ClassPath: .,lib/x.jar\r\n"),
            MANIFEST,
            "has a CR without LF",
            "end its lines with LF or CR LF"),
        bank(
            "a header behind a CR",
            raw("Bundle-Version: 2.0.0\rDynamicImport-Package: *\n"),
            MANIFEST,
            "has a CR without LF"),
        bank(
            "a symbolic name as long as a book",
            raw("Bundle-Version: 2.0.0\n")
                .file(
                    "META-INF/MANIFEST.MF",
                    ("Bundle-SymbolicName: x" + ".x".repeat(100_000) + "\n").getBytes(UTF_8)),
            MANIFEST,
            "is not a symbolic name"),
        bank(
            "a version that is none",
            raw("Bundle-Version: 2.0.0-SNAPSHOT\n"),
            MANIFEST,
            "2.0.0-SNAPSHOT",
            "is not of the form"),
        bank(
            "a manifest that is not UTF-8",
            Hostile.bank().file("META-INF/MANIFEST.MF", new byte[] {'A', ':', ' ', (byte) 0xff}),
            MANIFEST,
            "not UTF-8"),
        bank(
            "a manifest in the letters of another",
            Hostile.bank().file("meta-inf/manifest.mf", "Bundle-Activator: x.A\n".getBytes(UTF_8)),
            Hostile.ARTIFACT,
            "a manifest is named META-INF/MANIFEST.MF"),
        bank(
            "two modules of one name",
            Hostile.bank()
                .provides("io.segue.module;effective:=generation;name=bank;factory=x.bank.Factory"),
            MANIFEST,
            "module bank is declared twice"),
        bank(
            "a factory that is no class name",
            TestBundle.of("x.bank", "2.0.0")
                .provides("io.segue.module;effective:=generation;name=bank;factory=\"../../x\""),
            MANIFEST,
            "is no class name"),
        bank(
            "an execution environment that is not there",
            Hostile.bank()
                .header(
                    "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""),
            UNRESOLVED,
            "osgi.ee"),
        bank(
            "a bundle that nobody asked for",
            TestBundle.of("x.stowaway", "1.0.0"),
            COMPOSITION,
            "needs x.bank 2.0.0"));
  }

  private static Hostile header(String header, String value, String text) {
    return bank(
        header + ": " + value,
        Hostile.bank().header(header, value),
        ADMISSION,
        "bundle x.bank 2.0.0 is refused: ",
        text);
  }

  private static Hostile renamed(String name, String symbolicName, String text) {
    String plain = symbolicName.split(";", 2)[0];
    return Hostile.bytes(
        name,
        () ->
            TestBundle.archive(
                TestBundle.generation(Hostile.PLAN)
                    .provides(
                        "io.segue.generation.module;effective:=generation;name=bank;bundle=\""
                            + plain
                            + "\";version=\"9.0.0\""),
                TestBundle.of(symbolicName, "9.0.0")
                    .provides(
                        "io.segue.module;effective:=generation;name=bank;factory=x.bank.Factory")),
        ADMISSION,
        "Bundle-SymbolicName: " + symbolicName,
        text);
  }

  /** A bundle of module bank whose manifest has these lines. */
  private static TestBundle raw(String lines) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("Manifest-Version", "1.0");
    head.put("Bundle-ManifestVersion", "2");
    head.put("Bundle-SymbolicName", "x.bank");
    StringBuilder text = new StringBuilder();
    head.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append(lines)
        .append("Provide-Capability: io.segue.module;effective:=generation;name=bank;")
        .append("\n factory=x.bank.Factory\n\n");
    return Hostile.bank().file("META-INF/MANIFEST.MF", text.toString().getBytes(UTF_8));
  }
}
