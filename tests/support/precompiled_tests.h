#pragma once
// Precompiled for every test program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../../src/base/precompiled.h"
