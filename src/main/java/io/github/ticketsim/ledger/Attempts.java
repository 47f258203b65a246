package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of attempts, kept in columns: at most {@value #BYTES_EACH} bytes an attempt
 * of a storm, so that millions of them fit into the heap. The accessors by index exist for the same
 * reason; {@link #get} makes the object.
 */
public final class Attempts {

  /** Heap bytes of one attempt, errors aside, in an open load; in a closed load it is fewer. */
  public static final int BYTES_EACH = Chunk.BYTES_EACH;

  /** The number of no name, such as the customer of an attempt that names none. */
  public static final int NO_NAME = Names.NONE;

  private final Chunk[] chunks;
  private final int size;
  private final Names names;

  /** What no judge reads often; the same chunks unless this is a part of other attempts. */
  private final Chunk[] origins;

  /** Where each attempt of a part stands in the origins; missing if this is no part. */
  private final int @Nullable [] view;

  /** How much later each returned, at most, than was recorded. */
  private final long widening;

  /** By ordinal of the kind; made when first asked for. */
  private volatile int @Nullable [] counts;

  Attempts(Chunk[] chunks, int size, Names names) {
    this(chunks, size, names, chunks, null, 0);
  }

  private Attempts(
      Chunk[] chunks,
      int size,
      Names names,
      Chunk[] origins,
      int @Nullable [] view,
      long widening) {
    this.chunks = chunks;
    this.size = size;
    this.names = names;
    this.origins = origins;
    this.view = view;
    this.widening = widening;
  }

  /** Attempts that are all known at once; {@link Ledger} collects those that arrive one by one. */
  public static Attempts of(List<Attempt> attempts) {
    var size = attempts.size();
    var names = new Names();
    var chunks = chunks(size, names);
    var index = 0;
    for (var attempt : attempts) {
      chunks[index >>> Chunk.SLOT_BITS].write(Chunk.slot(index), attempt);
      index++;
    }
    return new Attempts(chunks, size, names);
  }

  /**
   * These in parts, each in the order of these; names keep their numbers. What judges read often is
   * copied, so that it lies side by side in each part, and the rest is not.
   *
   * @param part of each attempt, from 0 up; negative if it belongs to none
   * @param count of the parts
   */
  public List<Attempts> parts(int[] part, int count) {
    var sizes = new int[count];
    IntStream.of(part).filter(each -> each >= 0).forEach(each -> sizes[each]++);
    if (count == 1 && sizes[0] == size) {
      return List.of(this);
    }
    var copies = new Chunk[count][];
    var views = new int[count][];
    for (var each = 0; each < count; each++) {
      views[each] = new int[sizes[each]];
      copies[each] = chunks(sizes[each], Chunk::ofJudged);
    }
    var ends = new int[count];
    for (var i = 0; i < size; i++) {
      if (part[i] >= 0) {
        var end = ends[part[i]]++;
        views[part[i]][end] = at(i);
        copies[part[i]][end >>> Chunk.SLOT_BITS].copy(Chunk.slot(end), chunk(i), Chunk.slot(i));
      }
    }
    return IntStream.range(0, count)
        .mapToObj(
            each -> new Attempts(copies[each], sizes[each], names, origins, views[each], widening))
        .toList();
  }

  /**
   * The same, some of them rewritten.
   *
   * @param rewritten by index of this
   */
  public Attempts some(int[] indices, Map<Integer, Attempt> rewritten) {
    var some = chunks(indices.length, names);
    for (var i = 0; i < indices.length; i++) {
      var other = rewritten.get(indices[i]);
      some[i >>> Chunk.SLOT_BITS].write(Chunk.slot(i), other == null ? get(indices[i]) : other);
    }
    return new Attempts(some, indices.length, names, some, null, widening);
  }

  /**
   * The same, each returning {@code nanos} later than was recorded: of clocks that agree to within
   * that, no more of the order is known. Only {@link #returnNanos} is different.
   */
  public Attempts widened(long nanos) {
    return new Attempts(chunks, size, names, origins, view, nanos);
  }

  private static Chunk[] chunks(int size, Names names) {
    var texts = new ErrorTexts();
    return chunks(size, slots -> new Chunk(slots, texts, names));
  }

  private static Chunk[] chunks(int size, IntFunction<Chunk> make) {
    var chunks = new Chunk[(size + Chunk.SLOTS - 1) >>> Chunk.SLOT_BITS];
    for (var i = 0; i < chunks.length; i++) {
      chunks[i] = make.apply(Math.min(Chunk.SLOTS, size - (i << Chunk.SLOT_BITS)));
    }
    return chunks;
  }

  /** How many attempts there are. */
  public int size() {
    return size;
  }

  /** The indices of those that are wanted, from the least to the greatest. */
  public int[] where(IntPredicate wanted) {
    var found = new int[size];
    var end = 0;
    for (var i = 0; i < size; i++) {
      if (wanted.test(i)) {
        found[end++] = i;
      }
    }
    return Arrays.copyOf(found, end);
  }

  /** Whether each attempt asked for one ticket of the only item, and none was limited. */
  public boolean plain() {
    return Arrays.stream(origins).allMatch(Chunk::plain) && count(Outcome.Kind.LIMITED) == 0;
  }

  /** Whether each attempt asked for one ticket. */
  public boolean single() {
    for (var chunk : chunks) {
      if (!chunk.single()) {
        return IntStream.range(0, size).allMatch(i -> quantity(i) == 1);
      }
    }
    return true;
  }

  /** How many attempts ended in {@code kind}. */
  @SuppressWarnings("EnumOrdinal") // Never leaves this object.
  public int count(Outcome.Kind kind) {
    var known = counts;
    if (known == null) {
      known = new int[Outcome.Kind.values().length];
      for (var i = 0; i < size; i++) {
        known[kind(i).ordinal()]++;
      }
      counts = known;
    }
    return known[kind.ordinal()];
  }

  /** How attempt {@code index} ended. */
  public Outcome.Kind kind(int index) {
    return chunk(index).kind(Chunk.slot(index));
  }

  /** Which buyer made attempt {@code index}. */
  public int buyer(int index) {
    return origin(index).buyers[slot(index)];
  }

  /** When attempt {@code index} was about to be sent, in nanoseconds since the storm began. */
  public long callNanos(int index) {
    return chunk(index).calls[Chunk.slot(index)];
  }

  /** Whether attempt {@code index} has a return time. */
  public boolean hasReturn(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.RETURN);
  }

  /** When the reply was read; meaningful only if {@link #hasReturn}. */
  public long returnNanos(int index) {
    return chunk(index).returns[Chunk.slot(index)] + widening;
  }

  /** Whether attempt {@code index} was planned ahead. */
  public boolean hasIntended(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.INTENDED);
  }

  /** When it was planned to begin; meaningful only if {@link #hasIntended}. */
  public long intendedNanos(int index) {
    return origin(index).intended(slot(index));
  }

  /**
   * When attempt {@code index} began for its buyer: as it was planned, or else when it got in line.
   */
  public long beginNanos(int index) {
    if (hasIntended(index)) {
      return intendedNanos(index);
    }
    return hasPoolWait(index) ? callNanos(index) - poolWaitNanos(index) : callNanos(index);
  }

  /** Whether the wait for a turn of attempt {@code index} is known. */
  public boolean hasPoolWait(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.POOL_WAIT);
  }

  /** The wait for a turn in nanoseconds; meaningful only if {@link #hasPoolWait}. */
  public long poolWaitNanos(int index) {
    return origin(index).poolWaits[slot(index)];
  }

  /** Whether the reply to attempt {@code index} carried the counter. */
  public boolean hasValue(int index) {
    return chunk(index).has(Chunk.slot(index), Chunk.VALUE);
  }

  /** The counter in the reply; meaningful only if {@link #hasValue}. */
  public long value(int index) {
    return chunk(index).values[Chunk.slot(index)];
  }

  /** The high half of the id of attempt {@code index}. */
  public long idHigh(int index) {
    return origin(index).idHighs[slot(index)];
  }

  /** The low half of the id of attempt {@code index}. */
  public long idLow(int index) {
    return origin(index).idLows[slot(index)];
  }

  /** The number of the customer's name; {@link #NO_NAME} if none is named. */
  public int customer(int index) {
    return origin(index).customer(slot(index));
  }

  /** The number of the item's name; {@link #NO_NAME} if none is named. */
  public int item(int index) {
    return origin(index).item(slot(index));
  }

  /** How many tickets were asked for. */
  public int quantity(int index) {
    return chunk(index).quantity(Chunk.slot(index));
  }

  /** The number of the purchase's key; {@link #NO_NAME} if it has none. */
  public int key(int index) {
    return origin(index).key(slot(index));
  }

  /** The number of the order's id; {@link #NO_NAME} if the reply named none. */
  public int order(int index) {
    return origin(index).order(slot(index));
  }

  /** The name that has {@code number}. */
  public String name(int number) {
    return names.name(number);
  }

  /** The number of {@code name}; {@link #NO_NAME} if no attempt has it. */
  public int number(String name) {
    return names.find(name);
  }

  /** Attempt {@code index} as an object. */
  public Attempt get(int index) {
    var chunk = origin(index);
    var slot = slot(index);
    var value = optional(hasValue(index), chunk.values[slot]);
    return new Attempt(
        new UUID(chunk.idHighs[slot], chunk.idLows[slot]),
        chunk.timestamp(slot),
        chunk.buyers[slot],
        optional(hasIntended(index), chunk.intended(slot)),
        optional(hasPoolWait(index), chunk.poolWaits[slot]),
        chunk.calls[slot],
        optional(hasReturn(index), chunk.returns[slot]),
        chunk.kind(slot).of(value, chunk.error(slot)),
        chunk.particulars(slot));
  }

  private Chunk chunk(int index) {
    return chunks[index >>> Chunk.SLOT_BITS];
  }

  private Chunk origin(int index) {
    return origins[at(index) >>> Chunk.SLOT_BITS];
  }

  private int slot(int index) {
    return Chunk.slot(at(index));
  }

  private int at(int index) {
    var known = view;
    return known == null ? index : known[index];
  }

  private static OptionalLong optional(boolean present, long value) {
    return present ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
