# Functions of jq that are made of others, and those for descriptions. What is not here and not in Natives.java does not exist.

def select(f): if f then . else empty end;
def recurse(f): def r: ., (f | r); r;
def recurse(f; cond): def r: ., (f | select(cond) | r); r;
def recurse: recurse(.[]?);
def range($x): range(0; $x);
def range($from; $to; $by):
  if $by > 0 then $from | while(. < $to; . + $by) elif $by < 0 then $from | while(. > $to; . + $by) else empty end;
def repeat(f): while(true; f);
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type == "array" or type == "object");
def scalars: select(type != "array" and type != "object");
def map(f): [.[] | f];
def map_values(f): .[] |= f;
def add: reduce .[] as $x (null; . + $x);
def add(f): reduce f as $x (null; . + $x);
def first(f): label $out | f | ., break $out;
def first: .[0];
def last(f): reduce f as $x (null; $x);
def last: .[-1];
def limit($n; f): if $n <= 0 then empty else label $out | foreach f as $x (0; . + 1; $x, if . >= $n then break $out else empty end) end;
def skip($n; f): foreach f as $x (0; . + 1; if . > $n then $x else empty end);
def nth($n): .[$n];
def nth($n; f): if $n < 0 then error("an index below 0") else last(limit($n + 1; f)) end;
def isempty(f): [limit(1; f)] == [];
def any(f; cond): isempty(first(f | cond | select(.))) | not;
def any(cond): any(.[]; cond);
def any: any(.);
def all(f; cond): isempty(first(f | cond | select(. | not)));
def all(cond): all(.[]; cond);
def all: all(.);
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def index($x): _indices($x) | .[0];
def rindex($x): _indices($x) | .[-1];
def indices($x): if . == null then null else _indices($x) end;
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
def INDEX(f): INDEX(.[]; f);
def toarray: if type == "array" then . else [.] end;
def sort: _sort_by(map([.]));
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique: [_group_by(map([.]))[] | .[0]];
def unique_by(f): [_group_by(map([f]))[] | .[0]];
def min: _min_by(map([.]));
def max: _max_by(map([.]));
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def with_entries(f): to_entries | map(f) | from_entries;
def flatten($depth): reduce .[] as $x ([]; if ($x | type) == "array" and $depth > 0 then . + ($x | flatten($depth - 1)) else . + [$x] end);
def flatten: flatten(1000);
def transpose: (map(length) | max) as $n | [range(0; $n // 0) as $i | [.[][$i]]];
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
def combinations($n): . as $in | [range($n) | $in] | combinations;
def paths: path(..) | select(length > 0);
def paths(f): . as $in | paths | select(. as $p | $in | getpath($p) | f);
def leaf_paths: paths(scalars);
def del(f): delpaths([path(f)]);
def pick(f): . as $in | reduce path(f) as $p (null; setpath($p; $in | getpath($p)));
def walk(f):
  def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f;
  w;
def match($re; $flags): _match($re; $flags) | .[];
def match($val): if ($val | type) == "array" then match($val[0]; $val[1]) else match($val; null) end;
def test($re; $flags): _match($re; $flags) != [];
def test($val): if ($val | type) == "array" then test($val[0]; $val[1]) else test($val; null) end;
def _captures: reduce (.captures[] | select(.name != null)) as $c ({}; .[$c.name] = $c.string);
def capture($re; $flags): match($re; $flags) | _captures;
def capture($val): match($val) | _captures;
def scan($re; $flags): match($re; "g" + $flags) | if (.captures | length) > 0 then [.captures[].string] else .string end;
def scan($re): scan($re; null);
def splits($re; $flags):
  . as $in | [match($re; "g" + $flags)] as $found
  | range(0; ($found | length) + 1) as $i
  | $in | _slice(if $i == 0 then 0 else $found[$i - 1] | .offset + .length end;
      if $i == ($found | length) then length else $found[$i].offset end);
def splits($re): splits($re; null);
def split($re; $flags): [splits($re; $flags)];
def sub($re; s; $flags):
  . as $in | [match($re; $flags)]
  | reduce .[] as $m ({at: 0, out: ""};
      .out += (.at as $at | $in | _slice($at; $m.offset))
      | .out += ($m | _captures | first(s))
      | .at = $m.offset + $m.length)
  | .at as $at | .out + ($in | _slice($at; length));
def sub($re; s): sub($re; s; "");
def gsub($re; s; $flags): sub($re; s; "g" + $flags);
def gsub($re; s): sub($re; s; "g");
def ascii: [.] | implode;

# Of the lines of an order: "2 x Mug, 1 x T-shirt", at most 200 characters.
def description(name): [.[]? | name | select(. != null and . != "")] | join(", ") | truncate(200);
def description(name; quantity):
  [.[]? | [quantity, name] | select(.[1] != null and .[1] != "") | if .[0] == null then .[1] else "\(.[0]) x \(.[1])" end]
  | join(", ") | truncate(200);
.
