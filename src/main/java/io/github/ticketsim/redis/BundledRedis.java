package io.github.ticketsim.redis;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import redis.embedded.RedisExecProvider;

/**
 * A real redis-server from the jar, on the loopback interface. A guard process ends the server and
 * removes its files when this JVM has ended, by {@code kill -9} too.
 */
public final class BundledRedis implements AutoCloseable {
  private static final String EXECUTABLE = "redis-server";
  private static final int PORT_TRIES = 5;
  private static final int MOST_FOLDERS = 10_000;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Names a file that keeps the unpacked server for later starts. */
  private static final String KEPT = "ticketsim.redis";

  /**
   * Waits for the end of its input, which is the end of this JVM, then for the process id of the
   * server, which may still be unwritten. Ignores Ctrl-C.
   */
  private static final String GUARD =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      tries=0
      while [ ! -s "$1/pid" ] && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
      kill -9 "$(cat "$1/pid")" 2>/dev/null
      rm -rf "$1"
      """;

  private final Process guard;
  private final Path folder;
  private final int port;
  private final LongSupplier nanoClock;
  private volatile ServerConfig setup;
  private volatile RedisDaemon server;

  private BundledRedis(
      RedisDaemon server, ServerConfig setup, Process guard, Path folder, LongSupplier nanoClock) {
    this.server = server;
    this.setup = setup;
    this.guard = guard;
    this.folder = folder;
    this.port = server.port();
    this.nanoClock = nanoClock;
  }

  /**
   * Starts a plain server on a free port.
   *
   * @param nanoClock monotonic, to bound the wait
   * @throws StockUnavailableException when it does not come up
   */
  public static BundledRedis start(LongSupplier nanoClock) {
    return start(ServerConfig.plain(), nanoClock);
  }

  /**
   * Starts a server on a free port.
   *
   * @param nanoClock monotonic, to bound the wait
   * @throws StockUnavailableException when it does not come up
   */
  public static BundledRedis start(ServerConfig setup, LongSupplier nanoClock) {
    for (var tried = 1; ; tried++) {
      try {
        return start(freePort(), setup, nanoClock);
      } catch (StockUnavailableException e) {
        // Another process may have taken the port since it was found free.
        if (tried == PORT_TRIES
            || !String.valueOf(e.getMessage()).contains(RedisDaemon.PORT_TAKEN)) {
          throw e;
        }
      }
    }
  }

  /**
   * Starts a plain server on {@code port}.
   *
   * @param nanoClock monotonic, to bound the wait
   * @throws StockUnavailableException when it does not come up, with the server's own words
   */
  public static BundledRedis start(int port, LongSupplier nanoClock) {
    return start(port, ServerConfig.plain(), nanoClock);
  }

  private static BundledRedis start(int port, ServerConfig setup, LongSupplier nanoClock) {
    try {
      var folder = createFolder();
      try {
        // The guard comes first, because this JVM may end at any moment.
        var guard = guard(folder);
        try {
          var executable = provide(folder.resolve(EXECUTABLE));
          if (!setup.lines().isEmpty()) {
            Files.write(folder.resolve(RedisDaemon.CONFIGURATION), setup.lines());
          }
          var server = RedisDaemon.start(executable, folder, port, setup.options(), nanoClock);
          return new BundledRedis(server, setup, guard, folder, nanoClock);
        } catch (IOException | RuntimeException e) {
          guard.destroyForcibly();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Creates a folder that only its owner can use. Its name has the process id and no random number:
   * Java would take as long to seed its random numbers as Redis takes to start.
   */
  private static Path createFolder() throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var name = "ticket-sim-redis-" + ProcessHandle.current().pid();
    for (var number = 1; number <= MOST_FOLDERS; number++) {
      try {
        return Files.createDirectory(temporary.resolve(name + "-" + number), PRIVATE);
      } catch (FileAlreadyExistsException _) {
        // It is of another server of this process, or of a dead process that had the same id.
      }
    }
    throw new IOException(
        "%s has %,d folders '%s-...'; remove those that no server uses"
            .formatted(temporary, MOST_FOLDERS, name));
  }

  /** Makes {@code file} the server: a link to the one that is kept, or else the server itself. */
  private static Path provide(Path file) throws IOException {
    var name = System.getProperty(KEPT);
    if (name == null) {
      return extract(file);
    }
    var kept = Path.of(name).toAbsolutePath();
    if (!Files.isExecutable(kept)) {
      // Under another name until it is whole.
      var part =
          Files.copy(extract(file), kept.resolveSibling(EXECUTABLE + ".part"), COPY_ATTRIBUTES);
      Files.move(part, kept);
      Files.delete(file);
    }
    return Files.createSymbolicLink(file, kept);
  }

  /**
   * Unpacks the server into the guarded folder. The library would unpack it into a folder that
   * stays if this JVM is killed or the disk is full.
   */
  private static Path extract(Path file) throws IOException {
    var name =
        "redis-server-%s-%s-%s".formatted(RedisExecProvider.redisVersion, system(), machine());
    try (var packed = RedisExecProvider.class.getResourceAsStream("/" + name)) {
      if (packed == null) {
        throw new StockUnavailableException(
            "bundled Redis",
            "there is none for this system (" + name + ")",
            RedisDaemon.USE_YOUR_OWN);
      }
      Files.copy(packed, file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** The name of the operating system in the library. */
  private static String system() {
    var name = System.getProperty("os.name");
    return name.startsWith("Mac") ? "darwin" : name.toLowerCase(Locale.ROOT);
  }

  private static String machine() {
    var name = System.getProperty("os.arch");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> name;
    };
  }

  private static Process guard(Path folder) throws IOException {
    return new ProcessBuilder("sh", "-c", GUARD, "ticket-sim-guard", folder.toString()).start();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StockUnavailableException(
          "bundled Redis", "no free port (" + e.getMessage() + ")", RedisDaemon.USE_YOUR_OWN);
    }
  }

  private static StockUnavailableException broken(IOException e) {
    return new StockUnavailableException(
        "bundled Redis", String.valueOf(e.getMessage()), RedisDaemon.USE_YOUR_OWN);
  }

  /** How to reach the server. */
  public RedisEndpoint endpoint() {
    return RedisEndpoint.loopback(port);
  }

  /** The port on the loopback interface. */
  int port() {
    return port;
  }

  /** What it keeps. */
  public Persistence persistence() {
    return setup.persistence();
  }

  /** The server's process; another one after a restart. */
  public ProcessHandle process() {
    return server.process();
  }

  /**
   * Ends the server as {@code kill -9} does, and waits until its port is closed. Its files stay.
   */
  public void kill() {
    try {
      server.kill(nanoClock);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Starts the server that was killed again, on its port, with its files. */
  public void restart() {
    try {
      server =
          RedisDaemon.start(folder.resolve(EXECUTABLE), folder, port, setup.options(), nanoClock);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Starts the server that was killed again, as a replica of the one on port {@code primary}. */
  public void restartAsReplicaOf(int primary) {
    setup = setup.following(Optional.of(primary));
    restart();
  }

  /** Makes a replica a primary. */
  public void promote() {
    setup = setup.following(Optional.empty());
    try (var control = RedisControl.connect(endpoint(), RedisControl.DEFAULT_TIMEOUT)) {
      control.promote();
    }
  }

  /** Stops the process (SIGSTOP); the kernel still accepts connections for it. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Continues a paused process (SIGCONT). */
  public void resume() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    try {
      server.signal(name);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** How many bytes of its append-only file have been written. */
  public long writtenBytes() throws IOException {
    return Files.size(appendOnlyFile());
  }

  /** Forces to the disk what has been written so far. */
  public void force() throws IOException {
    try (var file = FileChannel.open(appendOnlyFile(), StandardOpenOption.WRITE)) {
      file.force(true);
    }
  }

  /** Cuts the append-only file of a server that was killed back to {@code bytes}. */
  public void cutBack(long bytes) throws IOException {
    try (var file = FileChannel.open(appendOnlyFile(), StandardOpenOption.WRITE)) {
      file.truncate(bytes);
    }
  }

  /** The one file that grows; Redis 7 and later choose its folder and name. */
  private Path appendOnlyFile() throws IOException {
    try (var files = Files.newDirectoryStream(folder.resolve("appendonlydir"), "*.incr.aof")) {
      return files.iterator().next();
    }
  }

  @Override
  public void close() {
    server.process().destroyForcibly();
    delete(folder);
    if (Files.notExists(folder)) {
      guard.destroyForcibly();
    }
    // Otherwise the server wrote until its end, and the guard removes the rest after this JVM.
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(f -> f.delete());
    } catch (IOException | UncheckedIOException _) {
      // The rest stays in the temporary folder of the system.
    }
  }
}
