package io.github.ticketsim.fault;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** Carries commands and replies, and does to the commands what their placement says. */
final class FaultyWire implements WireProxy.Wire {

  /** What belongs to the making of a connection: not counted, and never hit. */
  private static final Set<String> CONNECTING =
      Set.of("AUTH", "CLIENT", "HELLO", "PING", "QUIT", "SELECT");

  private final Placement placement;
  private final FaultLog log;

  FaultyWire(Placement placement, FaultLog log) {
    this.placement = placement;
    this.log = log;
  }

  @Override
  public void carry(Socket client, Socket server, ExecutorService threads)
      throws IOException, InterruptedException {
    var replies = new Replies(client, server);
    var reading = threads.submit(replies);
    try {
      carryCommands(client, server, replies);
    } finally {
      // Half closed: Redis still reads, and executes, what was sent before.
      shutOutput(server);
      awaitEnd(reading);
    }
  }

  private static void shutOutput(Socket server) {
    try {
      server.shutdownOutput();
    } catch (IOException _) {
      // It is gone already.
    }
  }

  private static void awaitEnd(java.util.concurrent.Future<?> reading) throws InterruptedException {
    try {
      var _ = reading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading replies broke down", e);
    }
  }

  private void carryCommands(Socket client, Socket server, Replies replies)
      throws IOException, InterruptedException {
    var commands = new RespReader(client.getInputStream());
    var out = server.getOutputStream();
    for (var sent = 0L; ; sent++) {
      var command = commands.next();
      var name = RespReader.name(command);
      if (CONNECTING.contains(name)) {
        out.write(command);
        continue;
      }
      var placed = placement.next();
      if (placed.fault().isEmpty()) {
        out.write(command);
        continue;
      }
      var fault = placed.fault().get();
      switch (fault) {
        case FaultSpec.DropReply _ -> {
          log.strike(fault, placed.number(), name + ": its reply was dropped");
          replies.dropFrom(sent);
          out.write(command);
        }
        case FaultSpec.Delay(_, _, var length) -> {
          log.strike(fault, placed.number(), name + ": held back for " + millis(length));
          Thread.sleep(length);
          out.write(command);
        }
        case FaultSpec.Reset _ -> {
          log.strike(fault, placed.number(), name + ": the connection was reset behind it");
          out.write(command);
          reset(client);
          return;
        }
        case FaultSpec.CutRequest _ -> {
          log.strike(fault, placed.number(), name + ": the connection was closed within it");
          out.write(command, 0, command.length - 1);
          client.close();
          return;
        }
      }
    }
  }

  private static String millis(Duration length) {
    return length.toMillis() + " ms";
  }

  /** Closes with a reset instead of an orderly end. */
  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /** The way back, up to the reply from which on nothing arrives. */
  private static final class Replies implements Runnable {
    private final Socket client;
    private final Socket server;
    private volatile long dropFrom = Long.MAX_VALUE;

    Replies(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /**
     * Lets no reply through from the one to command {@code index} on, counted from 0 on this
     * connection: TCP has no holes, so whoever waits for that one does not get the next either.
     * Comes before the command is sent.
     */
    void dropFrom(long index) {
      dropFrom = Math.min(dropFrom, index);
    }

    @Override
    public void run() {
      try (client) {
        var replies = new RespReader(server.getInputStream());
        for (var received = 0L; ; received++) {
          var reply = replies.next();
          if (received < dropFrom) {
            deliver(reply);
          }
        }
      } catch (EOFException _) {
        // Redis has hung up, and so do we.
      } catch (IOException _) {
        // Redis is gone.
      }
    }

    /** A client that is gone wants no replies; Redis must still get rid of them. */
    private void deliver(byte[] reply) {
      try {
        client.getOutputStream().write(reply);
      } catch (IOException _) {
        dropFrom = 0;
      }
    }
  }
}
