package io.segue.bundles.sidecar.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;

/** Takes the compiler's classes into memory, and stops it where the time is over. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final BuildDeadline deadline;
  private final SortedMap<String, byte[]> classes =
      Collections.synchronizedSortedMap(new TreeMap<>());

  MemoryFiles(JavaFileManager standard, BuildDeadline deadline) {
    super(standard);
    this.deadline = deadline;
  }

  /** The classes so far, by path. */
  SortedMap<String, byte[]> classes() {
    return new TreeMap<>(classes);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<Kind> kinds, boolean recurse) throws IOException {
    stopInTime();
    return super.list(location, packageName, kinds, recurse);
  }

  @Override
  public boolean isSameFile(FileObject one, FileObject other) {
    return one.toUri().equals(other.toUri());
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, Kind kind, FileObject sibling) {
    stopInTime();
    String path = className.replace('.', '/') + kind.extension;
    return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
      @Override
      public OutputStream openOutputStream() {
        return new ByteArrayOutputStream() {
          @Override
          public void close() {
            classes.put(path, toByteArray());
          }
        };
      }
    };
  }

  private void stopInTime() {
    if (deadline.passed()) {
      throw new TimeIsOver();
    }
  }

  /** Ends the compiler from within. */
  static final class TimeIsOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeIsOver() {
      super("time is over", null, false, false);
    }
  }
}
