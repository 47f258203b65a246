package io.github.ticketsim.parts;

/**
 * What changes the hash of a gathering, in Lua. Its fields are {@code parts}, {@code terms} (what
 * all parts must have in common) with {@code by} (the part that came first), {@code run}, {@code
 * start} in microseconds, and for part i {@code t<i>} (which process), {@code s<i>} (how far it is)
 * and {@code h<i>} (when it was last heard of). How far a part is: see {@link PartState}.
 */
final class GatheringScripts {
  private static final String NOW =
      """
      local t = redis.call('TIME')
      local now = t[1] * 1000000 + t[2]
      local key = KEYS[1]
      local me = ARGV[1]
      local function text(number) return string.format('%.0f', number) end
      """;

  /**
   * Arguments: part, token, lifetime in milliseconds, parts, terms, id for a new run. Replies with
   * {@code joined} and the run; {@code under-way}; or {@code differs} with part, parts and terms.
   */
  static final String JOIN =
      NOW
          + """
          if redis.call('HGET', key, 's0') == '5' then redis.call('DEL', key) end
          if redis.call('HGET', key, 'start') then return {'under-way'} end
          local parts = redis.call('HGET', key, 'parts')
          if not parts then
            redis.call('HSET', key, 'parts', ARGV[4], 'terms', ARGV[5], 'by', me, 'run', ARGV[6])
          else
            local terms = redis.call('HGET', key, 'terms')
            if parts ~= ARGV[4] or terms ~= ARGV[5] then
              return {'differs', redis.call('HGET', key, 'by'), parts, terms}
            end
          end
          redis.call('HSET', key, 't' .. me, ARGV[2], 's' .. me, '1', 'h' .. me, text(now))
          redis.call('PEXPIRE', key, ARGV[3])
          return {'joined', redis.call('HGET', key, 'run')}
          """;

  /**
   * Arguments: part, token, lifetime in milliseconds, state, microseconds from the last part's
   * being ready to the start, microseconds after which a silent part is not waited for. Replies
   * with {@code ok}, the start or 0, and of each part its state and for how many microseconds it
   * has been silent; {@code other} if another process has taken this part over; {@code gone}.
   */
  static final String BEAT =
      NOW
          + """
          local parts = redis.call('HGET', key, 'parts')
          if not parts then return {'gone'} end
          if redis.call('HGET', key, 't' .. me) ~= ARGV[2] then return {'other'} end
          redis.call('HSET', key, 's' .. me, ARGV[4], 'h' .. me, text(now))
          redis.call('PEXPIRE', key, ARGV[3])
          local start = redis.call('HGET', key, 'start')
          local reply = {'ok', start or '0'}
          local ready = true
          for i = 0, parts - 1 do
            local state = redis.call('HGET', key, 's' .. i) or '0'
            local silent = now - (redis.call('HGET', key, 'h' .. i) or now)
            ready = ready and state == '3' and silent < tonumber(ARGV[6])
            reply[#reply + 1] = state
            reply[#reply + 1] = text(silent)
          end
          if ready and not start then
            reply[2] = text(now + ARGV[5])
            redis.call('HSET', key, 'start', reply[2])
          end
          return reply
          """;

  /** Arguments: part, token. Takes the part out again, unless the storm has started. */
  static final String LEAVE =
      NOW
          + """
          if redis.call('HGET', key, 't' .. me) == ARGV[2] and not redis.call('HGET', key, 'start')
          then
            redis.call('HDEL', key, 't' .. me, 's' .. me, 'h' .. me)
          end
          return {'left'}
          """;

  private GatheringScripts() {}
}
