package io.github.ticketsim.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher in a checkout of its own, whose jar leads to the classes under test. */
final class Launcher {
  private final Path script;

  private Launcher(Path script) {
    this.script = script;
  }

  static Launcher in(Path home) throws IOException {
    var scripts = Files.createDirectories(home.resolve("scripts"));
    for (var name : List.of("ticket-sim", "find-jdk")) {
      Files.copy(Path.of("scripts", name), scripts.resolve(name));
    }
    Files.createDirectories(home.resolve("src/main"));
    var options = Files.createDirectories(home.resolve("src/launch/jvm"));
    try (var files = Files.list(Path.of("src/launch/jvm"))) {
      for (var file : files.toList()) {
        Files.copy(file, options.resolve(file.getFileName()));
      }
    }
    Files.createFile(home.resolve("pom.xml"));
    var jar = Files.createDirectories(home.resolve("target")).resolve("ticket-sim-cli.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest()).close();
    return new Launcher(scripts.resolve("ticket-sim"));
  }

  private static Manifest manifest() {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, TicketSim.class.getName());
    main.putValue("Enable-Native-Access", "ALL-UNNAMED");
    main.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    return manifest;
  }

  /** After {@code shell} has run, which may set limits. */
  ProcessBuilder after(String shell, String... arguments) {
    var command = new ArrayList<>(List.of("bash", "-c", shell + "; exec \"$0\" \"$@\""));
    command.add(script.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  ProcessBuilder command(String... arguments) {
    return after(":", arguments);
  }
}
