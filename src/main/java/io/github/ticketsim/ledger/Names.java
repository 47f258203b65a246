package io.github.ticketsim.ledger;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Gives each of many strings a number, so that a column of them is one of numbers. */
final class Names {
  /** The number of no string. */
  static final int NONE = 0;

  private static final int FIRST_SIZE = 64;

  private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger(NONE);
  private final ReentrantLock growing = new ReentrantLock();
  private volatile String[] names = new String[FIRST_SIZE];

  /** The number of {@code name}, from 1 up; always the same for the same name. */
  int number(String name) {
    var known = numbers.get(name);
    return known == null ? numbers.computeIfAbsent(name, this::next) : known;
  }

  /** The number of {@code name}; {@link #NONE} if it has none. */
  int find(String name) {
    return numbers.getOrDefault(name, NONE);
  }

  private int next(String name) {
    var number = last.incrementAndGet();
    growing.lock();
    try {
      var all = names;
      if (number >= all.length) {
        all = Arrays.copyOf(all, Math.max(number + 1, 2 * all.length));
      }
      all[number] = name;
      // Also if it did not grow: who reads the array next must see the new name.
      names = all;
    } finally {
      growing.unlock();
    }
    return number;
  }

  /** The name that has {@code number}. */
  String name(int number) {
    return names[number];
  }
}
