-- One sale or storm. Numbers are its own; run is the id that histories carry.
CREATE TABLE ticket_run (
  number ${identity},
  run varchar(36) NOT NULL UNIQUE,
  kind varchar(8) NOT NULL,
  started_ms bigint NOT NULL,
  strategy varchar(64) NOT NULL,
  broken_on_purpose smallint NOT NULL,
  model varchar(16) NOT NULL,
  stock_key text NOT NULL,
  stock bigint NOT NULL,
  buyers bigint NOT NULL,
  warm_up_ms bigint NOT NULL,
  version text,
  server text,
  storm_load text,
  pool bigint,
  timeout_ms bigint,
  seed bigint,
  ended smallint NOT NULL,
  counter_left bigint,
  settled smallint NOT NULL,
  problem text,
  cut varchar(16) NOT NULL
);

-- One life of a service: from its start to its end, or to its death.
CREATE TABLE ticket_life (
  run bigint NOT NULL,
  life bigint NOT NULL,
  began_ns bigint NOT NULL,
  first_buyer bigint NOT NULL,
  most_unrecorded bigint NOT NULL,
  ended smallint NOT NULL,
  PRIMARY KEY (run, life)
);

-- One attempt; place is the order of recording.
CREATE TABLE ticket_attempt (
  run bigint NOT NULL,
  place bigint NOT NULL,
  id varchar(36) NOT NULL,
  timestamp_ms bigint NOT NULL,
  buyer bigint NOT NULL,
  intended_ns bigint,
  pool_wait_ns bigint,
  call_ns bigint NOT NULL,
  return_ns bigint,
  outcome varchar(16) NOT NULL,
  counter_value bigint,
  error text,
  idempotency_key varchar(255),
  PRIMARY KEY (run, place)
) ${clustered};
CREATE UNIQUE INDEX ticket_attempt_id ON ticket_attempt (run, id);

CREATE TABLE ticket_fault (
  run bigint NOT NULL,
  place bigint NOT NULL,
  fault text NOT NULL,
  at_ns bigint,
  command bigint,
  detail text NOT NULL,
  PRIMARY KEY (run, place)
);
