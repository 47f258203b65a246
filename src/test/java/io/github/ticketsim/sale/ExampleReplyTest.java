package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExampleReplyTest {
  private static ExampleReply example(String rule, String... pointers) {
    var rules =
        new ReplyRules(
            Map.of(ReplyRules.Meaning.SOLD, List.of(ReplyRule.parse(rule))),
            pointers.length > 0 ? Optional.of(pointers[0]) : Optional.empty(),
            /* bounded= */ false,
            pointers.length > 1 ? Optional.of(pointers[1]) : Optional.empty());
    return rules.example(ReplyRules.Meaning.SOLD).orElseThrow();
  }

  @Test
  void meetsEachCondition() {
    assertThat(example("status=409 && /error/code=none left && /error/final=true"))
        .isEqualTo(
            new ExampleReply(409, "{\"error\":{\"code\":\"none left\",\"final\":\"true\"}}"));
  }

  @Test
  void isAPlainSuccessIfNoStatusIsAskedFor() {
    assertThat(example("/data/0=ok")).isEqualTo(new ExampleReply(200, "{\"data\":{\"0\":\"ok\"}}"));
  }

  @Test
  void carriesTheValueAndTheOrder() throws Exception {
    var example = example("status=201", "/left", "/order/id");
    var values = JsonValues.of(example.body().getBytes(StandardCharsets.UTF_8));
    assertThat(JsonValues.number(values, "/left")).hasValue(1);
    assertThat(values).containsKey("/order/id");
  }

  @Test
  void thereIsNoneWithoutARule() {
    assertThat(new ReplyRules(Map.of(), Optional.empty()).example(ReplyRules.Meaning.SOLD))
        .isEmpty();
  }
}
