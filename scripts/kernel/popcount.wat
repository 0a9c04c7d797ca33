;; Compares one query with the sign bits of many vectors: the inner loops of src/core/services/search/vectors.
;; A vector is 512 bits, eight words of 64. Scalar popcnt beats the 128-bit lanes, which can only count bytes.
;; Made into bytes by scripts/kernel/assemble.ts.
(module
  (import "env" "memory" (memory 1))

  ;; Writes each vector's Hamming distance to the query, and counts the distances in a histogram of 513 numbers.
  ;; A vector whose artifact's byte in the mask is 0 gets distance 65535 and is not counted.
  (func (export "scan")
    (param $count i32) (param $bits i32) (param $numbers i32) (param $mask i32)
    (param $distances i32) (param $histogram i32) (param $query i32)
    (local $q0 i64) (local $q1 i64) (local $q2 i64) (local $q3 i64)
    (local $q4 i64) (local $q5 i64) (local $q6 i64) (local $q7 i64)
    (local $distance i32) (local $bin i32)
    local.get $query
    i64.load offset=0
    local.set $q0
    local.get $query
    i64.load offset=8
    local.set $q1
    local.get $query
    i64.load offset=16
    local.set $q2
    local.get $query
    i64.load offset=24
    local.set $q3
    local.get $query
    i64.load offset=32
    local.set $q4
    local.get $query
    i64.load offset=40
    local.set $q5
    local.get $query
    i64.load offset=48
    local.set $q6
    local.get $query
    i64.load offset=56
    local.set $q7
    block $done
      loop $next
        local.get $count
        i32.eqz
        br_if $done
        block $skip
          block $masked
            local.get $mask
            local.get $numbers
            i32.load
            i32.add
            i32.load8_u
            i32.eqz
            br_if $masked
            local.get $bits
            i64.load offset=0
            local.get $q0
            i64.xor
            i64.popcnt
            local.get $bits
            i64.load offset=8
            local.get $q1
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=16
            local.get $q2
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=24
            local.get $q3
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=32
            local.get $q4
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=40
            local.get $q5
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=48
            local.get $q6
            i64.xor
            i64.popcnt
            i64.add
            local.get $bits
            i64.load offset=56
            local.get $q7
            i64.xor
            i64.popcnt
            i64.add
            i32.wrap_i64
            local.set $distance
            local.get $distances
            local.get $distance
            i32.store16
            local.get $histogram
            local.get $distance
            i32.const 2
            i32.shl
            i32.add
            local.set $bin
            local.get $bin
            local.get $bin
            i32.load
            i32.const 1
            i32.add
            i32.store
            br $skip
          end
          local.get $distances
          i32.const 65535
          i32.store16
        end
        local.get $count
        i32.const 1
        i32.sub
        local.set $count
        local.get $bits
        i32.const 64
        i32.add
        local.set $bits
        local.get $numbers
        i32.const 4
        i32.add
        local.set $numbers
        local.get $distances
        i32.const 2
        i32.add
        local.set $distances
        br $next
      end
    end)

  ;; Writes the positions of all vectors within a distance, and returns the address after the last one. Four more
  ;; bytes than that are overwritten.
  (func (export "collect")
    (param $count i32) (param $distances i32) (param $limit i32) (param $out i32) (result i32)
    (local $at i32)
    block $done
      loop $next
        local.get $at
        local.get $count
        i32.ge_u
        br_if $done
        local.get $out
        local.get $at
        i32.store
        local.get $out
        local.get $distances
        i32.load16_u
        local.get $limit
        i32.le_u
        i32.const 2
        i32.shl
        i32.add
        local.set $out
        local.get $distances
        i32.const 2
        i32.add
        local.set $distances
        local.get $at
        i32.const 1
        i32.add
        local.set $at
        br $next
      end
    end
    local.get $out)

  ;; For each of the places from $place to $end writes two numbers: what the query's numbers, given as planes of bits from
  ;; the highest down, come to where the vector's bits are set, and how many of these are.
  (func (export "estimate")
    (param $place i32) (param $end i32) (param $bits i32) (param $planes i32) (param $planesEnd i32) (param $out i32)
    (local $vector i32) (local $plane i32) (local $sum i64)
    block $done
      loop $next
        local.get $place
        local.get $end
        i32.ge_u
        br_if $done
        local.get $bits
        local.get $place
        i32.load
        i32.const 6
        i32.shl
        i32.add
        local.set $vector
        local.get $planes
        local.set $plane
        i64.const 0
        local.set $sum
        block $whole
          loop $bit
            local.get $plane
            local.get $planesEnd
            i32.ge_u
            br_if $whole
            local.get $sum
            local.get $sum
            i64.add
            local.get $vector
            i64.load offset=0
            local.get $plane
            i64.load offset=0
            i64.and
            i64.popcnt
            local.get $vector
            i64.load offset=8
            local.get $plane
            i64.load offset=8
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=16
            local.get $plane
            i64.load offset=16
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=24
            local.get $plane
            i64.load offset=24
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=32
            local.get $plane
            i64.load offset=32
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=40
            local.get $plane
            i64.load offset=40
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=48
            local.get $plane
            i64.load offset=48
            i64.and
            i64.popcnt
            i64.add
            local.get $vector
            i64.load offset=56
            local.get $plane
            i64.load offset=56
            i64.and
            i64.popcnt
            i64.add
            i64.add
            local.set $sum
            local.get $plane
            i32.const 64
            i32.add
            local.set $plane
            br $bit
          end
        end
        local.get $out
        local.get $sum
        i32.wrap_i64
        i32.store offset=0
        local.get $out
        local.get $vector
        i64.load offset=0
        i64.popcnt
        local.get $vector
        i64.load offset=8
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=16
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=24
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=32
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=40
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=48
        i64.popcnt
        i64.add
        local.get $vector
        i64.load offset=56
        i64.popcnt
        i64.add
        i32.wrap_i64
        i32.store offset=4
        local.get $out
        i32.const 8
        i32.add
        local.set $out
        local.get $place
        i32.const 4
        i32.add
        local.set $place
        br $next
      end
    end)
)
