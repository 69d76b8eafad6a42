// Contents of the data sets' files, which JavaScript loads and provides by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace init_lab::bindings {

/// Returns the content of a data set's file; null until JavaScript provides it.
std::shared_ptr<const std::vector<std::uint8_t>> dataset_file(const std::string& name);

}  // namespace init_lab::bindings
