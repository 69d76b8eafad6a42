#include "dataset_files.hpp"

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <map>
#include <utility>

#include "guarded.hpp"
#include "init_lab/base/error.hpp"
#include "init_lab/data/datasets.hpp"
#include "init_lab/data/points.hpp"
#include "spec_values.hpp"

namespace init_lab::bindings {

using emscripten::val;

namespace {

std::map<std::string, std::shared_ptr<const std::vector<std::uint8_t>>>& files() {
  static std::map<std::string, std::shared_ptr<const std::vector<std::uint8_t>>> by_name;
  return by_name;
}

/// Keeps the content of a data set's file. Returns an Error for a wrong file.
val provide_dataset(const val& name, const val& bytes) {
  return guarded([&] {
    const std::string dataset = read_string(name, "name");
    if (!bytes.instanceof (val::global("Uint8Array")))
      throw SpecError(ErrorCode::wrong_type, "bytes", found(bytes), expected::type("Uint8Array"));
    auto content = emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes);
    make_dataset({dataset}, LabelKind::targets, content);
    files()[dataset] = std::make_shared<const std::vector<std::uint8_t>>(std::move(content));
    return val::undefined();
  });
}

}  // namespace

std::shared_ptr<const std::vector<std::uint8_t>> dataset_file(const std::string& name) {
  const auto found = files().find(name);
  return found == files().end() ? nullptr : found->second;
}

EMSCRIPTEN_BINDINGS(dataset_files) { emscripten::function("provideDataset", &provide_dataset); }

}  // namespace init_lab::bindings
