-- A purchase with an Idempotency-Key that is about to be made. Where no attempt has its id, nobody
-- knows whether it was.
CREATE TABLE ticket_intent (
  run bigint NOT NULL,
  id varchar(36) NOT NULL,
  life bigint NOT NULL,
  timestamp_ms bigint NOT NULL,
  idempotency_key varchar(255) NOT NULL,
  PRIMARY KEY (run, id)
) ${clustered};
