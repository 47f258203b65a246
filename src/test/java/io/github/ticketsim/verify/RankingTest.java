package io.github.ticketsim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingTest {
  private static final int SIZE = 1_000;

  /** Close together, at the two sides of what fits beside a place, and as far apart as can be. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-5, 5",
    "9223372036854775800, 9223372036854775807",
    "-9223372036854775808, -9223372036854775800",
    "7, 4294967302",
    "7, 4294967303",
    "-9223372036854775808, 9223372036854775807"
  })
  void ordersByKeyAndKeepsTheOrderOfEqualOnes(long least, long greatest) {
    var random = new Random(1);
    var keys = new long[2 * SIZE];
    for (var i = 0; i < keys.length; i++) {
      keys[i] = random.nextInt(3) > 0 && greatest > least ? random(random, least, greatest) : least;
    }
    keys[SIZE] = least;
    keys[SIZE + 1] = greatest;
    var indices = IntStream.range(0, keys.length).filter(i -> i % 3 > 0).toArray();

    var expected =
        IntStream.of(indices)
            .boxed()
            .sorted(Comparator.comparingLong(i -> keys[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(Ranking.ascending(indices, i -> keys[i])).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-5, 5", "-2147483648, 2147483647"})
  void densifiesSoThatEqualStaysEqualAndGreaterStaysGreater(int least, int greatest) {
    var random = new Random(1);
    var keys =
        IntStream.concat(
                IntStream.of(least, greatest),
                random.ints(SIZE, least, greatest == Integer.MAX_VALUE ? greatest : greatest + 1))
            .toArray();

    var dense = Ranking.dense(keys);

    assertThat(IntStream.of(dense).max().orElseThrow()).isLessThan(4 * keys.length);
    assertThat(IntStream.of(dense).min().orElseThrow()).isNotNegative();
    for (var i = 1; i < keys.length; i++) {
      assertThat(Integer.compare(dense[i], dense[i - 1]))
          .isEqualTo(Integer.compare(keys[i], keys[i - 1]));
    }
  }

  private static long random(Random random, long least, long greatest) {
    return greatest == Long.MAX_VALUE
        ? Math.max(least, random.nextLong())
        : random.nextLong(least, greatest + 1);
  }
}
