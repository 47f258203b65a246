package io.github.ticketsim.storm;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The buyers of this process, counted from 0, and their numbers in the whole storm: they come in
 * rounds, and this process has the same places of each.
 *
 * @param load of these buyers alone
 * @param own how many places of a round are ours
 * @param round how many places a round has
 * @param first the first of our places
 */
record OwnBuyers(Load load, int own, int round, int first) {

  /** The same without a load. */
  record Places(int own, int round, int first) {
    OwnBuyers with(Load load) {
      return new OwnBuyers(load, own, round, first);
    }

    /** How many of our buyers have a number below {@code end}. */
    int before(int end) {
      var rest = end % round - first;
      return (int) ((long) (end / round) * own + Math.clamp(rest, 0, own));
    }
  }

  OwnBuyers with(Load other) {
    return new OwnBuyers(other, own, round, first);
  }

  /** The number in the whole storm of our buyer {@code index}. */
  int number(int index) {
    return Math.toIntExact((long) (index / own) * round + first + index % own);
  }

  /**
   * All {@code count} buyers of ours, those of a customer one behind the other. If they queue in
   * this order, a customer buys several times at once, which is what breaks a limit.
   */
  IntStream byCustomer(int count) {
    // A stream of streams takes milliseconds of a short storm.
    var numbers = new int[count];
    var apart = Math.min(own, count);
    var place = 0;
    for (var customer = 0; customer < apart; customer++) {
      for (var index = customer; index < count; index += apart) {
        numbers[place++] = number(index);
      }
    }
    return Arrays.stream(numbers);
  }
}
