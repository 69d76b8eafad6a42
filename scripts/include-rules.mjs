/**
 * Include what you use: every C++ file includes the header of each name that it uses, and uses a
 * name of each header that it includes. A source may rely on the includes of its own header.
 *
 * Home-made because include-what-you-use of Debian 12 (0.18) aborts at vector extensions, so in
 * every file that includes numerics/lanes.hpp, and asks for Eigen's internal headers. This rule
 * reads names, not types: it does not notice a type that a file uses only through `auto`.
 */
/** Names of the namespace std, by header. A name that is missing here is a finding. */
const STANDARD = new Map(
  Object.entries({
    algorithm:
      'all_of any_of binary_search clamp copy copy_n count count_if equal fill fill_n find find_if generate is_sorted lower_bound max max_element min min_element minmax_element none_of nth_element replace reverse shuffle sort stable_sort transform unique',
    array: 'array get',
    atomic: 'atomic',
    bit: 'bit_cast endian',
    charconv: 'from_chars to_chars',
    chrono: 'chrono',
    cmath:
      'abs acos asin atan atan2 atanh cbrt ceil copysign cos erf erfc exp expm1 fabs floor fmax fmin fmod frexp hypot ilogb isfinite isinf isnan ldexp log log10 log1p log2 lround nan nearbyint nextafter pow round signbit sin sinh sqrt tan tanh tgamma trunc',
    concepts: 'convertible_to floating_point integral same_as',
    cstddef: 'byte max_align_t nullptr_t ptrdiff_t size_t',
    cstdint: 'int16_t int32_t int64_t int8_t intptr_t uint16_t uint32_t uint64_t uint8_t uintptr_t',
    cstdio: 'FILE fclose fopen fprintf fputs fread printf puts snprintf stderr',
    cstdlib: 'abort atof atoi exit free getenv malloc strtod strtoul',
    cstring: 'memcmp memcpy memset strcmp strlen',
    exception: 'current_exception exception exception_ptr rethrow_exception terminate',
    filesystem: 'filesystem',
    fstream: 'ifstream ofstream',
    functional: 'function greater hash invoke less plus reference_wrapper',
    initializer_list: 'initializer_list',
    iomanip: 'setprecision setw',
    ios: 'ios streamoff streamsize',
    iostream: 'cerr cin cout',
    iterator: 'back_inserter begin distance end istreambuf_iterator make_move_iterator next prev size',
    limits: 'numeric_limits',
    map: 'erase_if map',
    memory: 'addressof allocator make_shared make_unique shared_ptr unique_ptr',
    new: 'align_val_t bad_alloc launder',
    numbers: 'numbers',
    numeric: 'accumulate gcd inner_product iota',
    optional: 'make_optional nullopt optional',
    ostream: 'endl ostream',
    random: 'mt19937',
    set: 'set',
    span: 'dynamic_extent span',
    sstream: 'istringstream ostringstream stringstream',
    stdexcept: 'invalid_argument length_error logic_error out_of_range runtime_error',
    string: 'char_traits erase_if getline stod stoi stoul string to_string',
    string_view: 'string_view',
    thread: 'thread',
    tuple: 'get make_tuple tie tuple',
    type_traits:
      'common_type_t conditional_t decay_t enable_if_t integral_constant is_arithmetic_v is_const_v is_convertible_v is_floating_point_v is_integral_v is_same_v is_trivially_copyable_v is_void_v remove_const_t remove_cvref_t remove_reference_t true_type underlying_type_t void_t',
    unordered_map: 'unordered_map',
    utility: 'as_const exchange forward in_range index_sequence make_index_sequence make_pair move pair swap',
    variant: 'get get_if holds_alternative monostate variant visit',
    vector: 'erase_if vector',
  }).map(([header, names]) => [header, new Set(names.split(' '))]),
);

/** Names of other libraries, by the headers that the project includes for them. */
const LIBRARIES = [
  { headers: ['init_lab/numerics/matrix.hpp', 'Eigen/Dense'], form: '"_"', pattern: /\bEigen::/ },
  { headers: ['gtest/gtest.h'], form: '<_>', pattern: /\b(TEST|EXPECT_\w+|ASSERT_\w+|SCOPED_TRACE)\(/ },
  { headers: ['emscripten/bind.h'], form: '<_>', pattern: /\bEMSCRIPTEN_BINDINGS\(/ },
  { headers: ['emscripten/val.h'], form: '<_>', pattern: /\bemscripten::val\b|(?<![\w.:])val::/ },
];

/** The folders that the compiler searches for the project's headers. */
const INCLUDE_ROOT = /^(?:src\/core|src\/bindings|tests\/core|tests\/bench)\//;

/**
 * What a header declares.
 *
 * @typedef {object} Declared
 * @property {Map<string, 'type' | 'function' | 'value'>} names of its namespaces; with the inner
 *   namespace where there is one, as in "elementary::exp"
 * @property {Set<string>} words every word inside its types and its namespace `detail`
 */

/**
 * The headers of the project, by the words of an include.
 *
 * @typedef {Map<string, Declared>} Headers
 */

/**
 * The names that the project's headers declare, each with these headers.
 *
 * @typedef {Map<string, { kind: 'type' | 'function' | 'value', from: string[] }>} Providers
 */

/**
 * Removes comments and the contents of literals, and keeps the lines.
 *
 * @param {string} text
 * @returns {string}
 */
function withoutWords(text) {
  const ignored =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|(?<!#include )"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'/g;
  return text.replaceAll(
    ignored,
    (found) => (found.startsWith('/') ? '' : '""') + found.replaceAll(/[^\n]/g, ''),
  );
}

/**
 * Lists what a header declares. The layout of clang-format tells where: what belongs to a namespace
 * begins in column 0, a member of a type further right.
 *
 * @param {string} text of the header
 * @returns {Declared}
 */
function declaredBy(text) {
  /** @type {Declared} */
  const declared = { names: new Map(), words: new Set() };
  /** @type {string[]} */
  const scopes = [];
  const lines = text.split('\n');
  for (const [i, line] of withoutWords(text).split('\n').entries()) {
    const opened = /^namespace ([\w:]+) \{/.exec(line)?.[1];
    if (opened) scopes.push(opened.replace(/^init_lab(::)?/, ''));
    else if (lines[i].startsWith('}  // namespace')) scopes.pop();
    const scope = scopes.filter(Boolean).join('::');
    if (/^ {2,}\S/.test(line) || scope.includes('detail')) {
      for (const [word] of line.matchAll(/[A-Za-z_]\w*/g)) declared.words.add(word);
      continue;
    }
    const macro = /^#define (\w+)/.exec(line)?.[1];
    if (macro) declared.names.set(macro, 'value');
    if (opened || !/^[A-Za-z[]/.test(line)) continue;
    const plain = line.replaceAll(/\[\[.*?\]\] |^requires .*?> /g, '');
    // `struct Name;` promises a declaration elsewhere.
    if (/^(?:struct|class) \w+;|^static_assert/.test(plain)) continue;
    const type = /^(?:struct|class|enum class|enum|concept|using) (\w+)/.exec(plain);
    const other = /^(?:[\w:<>,&*.\s[\]]*?[\s&*])?(\w+)(\(| = |\{|;|\[)/.exec(plain);
    const [name, kind] = type
      ? [type[1], /** @type {const} */ ('type')]
      : [other?.[1], other?.[2] === '(' ? /** @type {const} */ ('function') : /** @type {const} */ ('value')];
    if (name) declared.names.set(scope ? `${scope}::${name}` : name, kind);
  }
  return declared;
}

/**
 * Lists the headers that a file includes.
 *
 * @param {string} text
 * @returns {string[]}
 */
const includesOf = (text) => [...text.matchAll(/^#include [<"]([^>"]+)[>"]/gm)].map(([, header]) => header);

/**
 * Tells whether a file uses a name that a header of the project declares. Members, and words that
 * the file may declare itself, do not count.
 *
 * @param {string} code the file without comments, literals and includes
 * @param {string} name with its inner namespace, as in "elementary::exp"
 * @param {'type' | 'function' | 'value'} kind
 * @returns {boolean}
 */
function usesName(code, name, kind) {
  const word = lastWord(name);
  const scope = name.slice(0, -word.length);
  const inside = scope === '' || new RegExp(`^namespace [\\w:]*\\b${scope.slice(0, -2)} \\{`, 'm').test(code);
  const before = inside ? '(?<![\\w.>]|(?<!init_lab)::)' : `\\b${scope}`;
  if (!new RegExp(before + word + (kind === 'function' ? '(?:<[^;()]*>)?\\(' : '\\b')).test(code))
    return false;
  if (!inside) return true;
  const declaration =
    kind === 'function'
      ? `[\\w>&*\\]] ${word}\\(|\\b${word}(?: = |[{,;)])|auto \\[[^\\]]*\\b${word}\\b`
      : `\\b(?:struct|class|typename|using|enum|constexpr [\\w:]+) ${word}\\b`;
  return !new RegExp(declaration).test(code);
}

/** Returns a name without its namespace. */
const lastWord = (/** @type {string} */ name) => name.slice(name.lastIndexOf(':') + 1);

/**
 * Checks the includes of C++ files.
 *
 * @param {string[]} files relative to the project
 * @param {(file: string) => string} read
 * @returns {string[]} one finding for each include that is missing or not needed
 */
export function findIncludeFaults(files, read) {
  const texts = new Map(
    files.filter((file) => /\.[ch]pp$/.test(file)).map((file) => [file, withoutWords(read(file))]),
  );
  /** @type {Headers} */
  const headers = new Map();
  for (const file of texts.keys()) {
    if (file.endsWith('.hpp')) headers.set(file.replace(INCLUDE_ROOT, ''), declaredBy(read(file)));
  }
  const providers = providersOf(headers);
  return [...texts].flatMap(([file, text]) => {
    const itself = file.replace(INCLUDE_ROOT, '');
    const included = includesOf(text);
    const inherited = includesOf(texts.get(file.replace(/\.cpp$/, '.hpp')) ?? '');
    const available = new Set([itself, ...included, ...inherited]);
    const code = text.replaceAll(/^#include .*$/gm, '').replaceAll(/\b(return|else|throw|case) /g, '$1(');
    /** @type {Map<string, string>} the missing includes, each with the first name that needs it */
    const missing = new Map();
    for (const { name, from, form } of needsOf(code, providers)) {
      if (from.some((header) => available.has(header))) continue;
      const include = from.map((header) => form.replace('_', header)).join(' or ');
      if (!missing.has(include)) missing.set(include, name);
    }
    const needless = included.filter(
      (header) => header !== itself.replace(/\.cpp$/, '.hpp') && isNeedless(header, code, headers),
    );
    return [
      ...[...missing].map(([include, name]) => `${file}: include ${include} for ${name}`),
      ...needless.map((header) => `${file}: uses nothing of ${header}, so do not include it`),
    ];
  });
}

/**
 * Turns a table of headers into one of names.
 *
 * @param {Headers} headers
 * @returns {Providers}
 */
function providersOf(headers) {
  /** @type {Providers} */
  const providers = new Map();
  for (const [header, { names }] of headers) {
    for (const [name, kind] of names) {
      providers.set(name, { kind, from: [...(providers.get(name)?.from ?? []), header] });
    }
  }
  return providers;
}

/**
 * Lists the names that a file uses. Including any one of a name's headers is enough.
 *
 * @param {string} code of the file
 * @param {Providers} providers
 * @returns {{ name: string, from: string[], form: string }[]} `form` is the include with _ for the
 *   header
 */
function needsOf(code, providers) {
  const words = wordsOf(code);
  const standard = [...standardNamesOf(code)].map((name) => {
    const from = [...STANDARD].filter(([, names]) => names.has(name)).map(([header]) => header);
    return {
      name: `std::${name}`,
      from: from.length > 0 ? from : ['its header, which STANDARD lacks'],
      form: '<_>',
    };
  });
  const libraries = LIBRARIES.flatMap(({ headers, form, pattern }) => {
    const used = pattern.exec(code)?.[0];
    return used ? [{ name: used, from: headers, form }] : [];
  });
  const own = [...providers]
    .filter(([name, { kind }]) => words.has(lastWord(name)) && usesName(code, name, kind))
    .map(([name, { from }]) => ({ name, from, form: '"_"' }));
  return [...standard, ...libraries, ...own];
}

/**
 * Tells whether a file uses no name of a header that it includes.
 *
 * @param {string} header
 * @param {string} code of the file
 * @param {Headers} headers the project's
 * @returns {boolean} false for a header that this file knows nothing about
 */
function isNeedless(header, code, headers) {
  if (LIBRARIES.some((library) => library.headers.includes(header) && library.pattern.test(code)))
    return false;
  const declared = headers.get(header);
  const used = declared ? wordsOf(code) : standardNamesOf(code);
  const offered = declared
    ? [...declared.words, ...[...declared.names.keys()].map(lastWord)]
    : [...(STANDARD.get(header) ?? [])];
  return offered.length > 0 && !offered.some((name) => used.has(name));
}

/** Returns every word of a file. */
const wordsOf = (/** @type {string} */ code) => new Set(code.match(/[A-Za-z_]\w*/g));

/** Returns the names of the namespace std that a file uses. */
const standardNamesOf = (/** @type {string} */ code) =>
  new Set([...code.matchAll(/\bstd::(\w+)/g)].map(([, name]) => name));
