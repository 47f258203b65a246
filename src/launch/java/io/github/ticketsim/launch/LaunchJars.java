package io.github.ticketsim.launch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes of the jar with all classes two that start faster. The first has nothing but a manifest
 * that names the second, since Java reads the jar that it is started with twice. Classes that were
 * compiled for Java 5 get the stack maps that classes have had since (JVMS 4.7.4): the JVM keeps
 * none without them in an AOT cache, and Picocli is made of such classes. Switches over types
 * become methods, see {@link TypeSwitches}.
 */
final class LaunchJars {
  private final ZipFile jar;
  private final ClassFile classFile;

  private LaunchJars(ZipFile jar) {
    this.jar = jar;
    this.classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::open)
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached()));
  }

  /** Writes the two beside each other. */
  static void write(Path from, Path mainJar, Path classesJar) throws IOException {
    try (var jar = new JarFile(from.toFile());
        var main = create(mainJar);
        var classes = create(classesJar)) {
      var manifest = new Manifest(jar.getManifest());
      manifest
          .getMainAttributes()
          .put(Attributes.Name.CLASS_PATH, classesJar.getFileName().toString());
      write(manifest, main);
      // The package of a class has the version that the manifest beside it tells.
      write(jar.getManifest(), classes);
      new LaunchJars(jar).copyTo(classes);
    }
  }

  private static void write(Manifest manifest, ZipOutputStream jar) throws IOException {
    jar.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
    manifest.write(jar);
    jar.closeEntry();
  }

  private static ZipOutputStream create(Path file) throws IOException {
    var jar = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    // Reading costs more time than the disk costs money.
    jar.setLevel(Deflater.NO_COMPRESSION);
    return jar;
  }

  private void copyTo(ZipOutputStream out) throws IOException {
    for (var entry : jar.stream().toList()) {
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        continue;
      }
      var content = read(entry);
      // Folders too: what looks for all files in one, as the migration of tables does, asks for it
      // first.
      out.putNextEntry(new ZipEntry(entry.getName()));
      out.write(entry.getName().endsWith(".class") ? prepared(content) : content);
      out.closeEntry();
    }
  }

  private byte[] prepared(byte[] content) {
    var model = classFile.parse(content);
    if (model.majorVersion() < ClassFile.JAVA_6_VERSION) {
      return upgraded(model);
    }
    return TypeSwitches.existIn(model)
        ? classFile.transformClass(model, TypeSwitches.replacing(model))
        : content;
  }

  private byte[] upgraded(ClassModel model) {
    var withoutVersion = ClassTransform.dropping(part -> part instanceof ClassFileVersion);
    // Element by element: code that is copied as a whole gets no stack map.
    var rebuilt = ClassTransform.transformingMethodBodies((code, part) -> code.with(part));
    var versioned =
        ClassTransform.endHandler(made -> made.withVersion(ClassFile.JAVA_8_VERSION, 0));
    return classFile.transformClass(model, withoutVersion.andThen(rebuilt).andThen(versioned));
  }

  /** The class file of a class in the jar, or null. */
  private InputStream open(ClassDesc type) {
    var descriptor = type.descriptorString();
    var entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(ZipEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
