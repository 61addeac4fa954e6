package io.segue.bundles.bnd;

import aQute.bnd.classfile.ClassFile;
import aQute.bnd.classfile.ConstantPool;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import aQute.bnd.service.AnalyzerPlugin;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies into a bundle the classes of the class path that it uses, directly or through each other,
 * of the packages that the instruction {@code -conditionalclass} names:
 *
 * <pre>-conditionalclass: io.segue.bundles.sdk.*</pre>
 *
 * <p>bnd's own {@code -conditionalpackage} copies whole packages, with all that they use. A class
 * is used where another one's constant pool has its name, be it in code, in a signature, as an
 * inner class or in a text: more than is needed may come along, never less. Classes that protoc
 * made name all that protobuf's runtime looks up by reflection: their nested classes, the types of
 * their fields, and the descriptors of the files that their own file imports.
 *
 * <p>The outcome depends on the bytes of the classes and the order of the class path alone. bnd
 * makes one object for each bundle and calls it on its own thread.
 */
public final class ConditionalClasses implements AnalyzerPlugin {
  /** The instruction, with packages as in {@code Private-Package}. */
  public static final String INSTRUCTION = "-conditionalclass";

  private static final String CLASS = ".class";

  /** A name of a class with a package, as binary names and descriptors have it, or with points. */
  private static final Pattern NAME = Pattern.compile("[\\w$]+(?:[/.][\\w$]+)+");

  @Override
  public boolean analyzeJar(Analyzer analyzer) throws Exception {
    Parameters packages = analyzer.getMergedParameters(INSTRUCTION);
    if (packages.isEmpty()) {
      return false;
    }
    Instructions wanted = new Instructions(packages);
    Map<String, Boolean> known = new HashMap<>();
    Jar bundle = analyzer.getJar();
    boolean copied = false;
    Deque<Resource> unread = new ArrayDeque<>();
    bundle
        .getResources()
        .forEach(
            (path, resource) -> {
              if (path.endsWith(CLASS)) {
                unread.add(resource);
              }
            });
    while (!unread.isEmpty()) {
      for (String path : named(unread.remove())) {
        if (bundle.getResource(path) != null
            || !known.computeIfAbsent(packageOf(path), wanted::matches)) {
          continue;
        }
        Resource found = find(analyzer, path);
        if (found != null) {
          bundle.putResource(path, found);
          unread.add(found);
          copied = true;
        }
      }
    }
    return copied;
  }

  /** Paths of classes whose names a class has, and of what looks like such. */
  private static List<String> named(Resource resource) throws Exception {
    ConstantPool pool = read(resource).constant_pool;
    List<String> paths = new ArrayList<>();
    for (int index = 1; index < pool.size(); index++) {
      if (pool.entry(index) instanceof String text) {
        Matcher names = NAME.matcher(text);
        while (names.find()) {
          String name = names.group().replace('.', '/');
          paths.add(name + CLASS);
          // A descriptor has letters before the name: (ILa/b/C;)V.
          for (int at = name.indexOf('L'); at >= 0 && at < name.indexOf('/'); ) {
            paths.add(name.substring(at + 1) + CLASS);
            at = name.indexOf('L', at + 1);
          }
        }
      }
    }
    return paths;
  }

  private static ClassFile read(Resource resource) throws Exception {
    try (InputStream bytes = resource.openInputStream()) {
      return ClassFile.parseClassFile(new DataInputStream(bytes));
    } catch (IOException e) {
      throw new IOException("a class can't be read: " + resource, e);
    }
  }

  private static Resource find(Analyzer analyzer, String path) {
    for (Jar entry : analyzer.getClasspath()) {
      Resource resource = entry.getResource(path);
      if (resource != null) {
        return resource;
      }
    }
    return null;
  }

  private static String packageOf(String path) {
    return path.substring(0, path.lastIndexOf('/')).replace('/', '.');
  }
}
