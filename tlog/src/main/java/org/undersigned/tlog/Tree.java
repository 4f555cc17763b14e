package org.undersigned.tlog;

/// A tree's size and its root: what a checkpoint commits to.
///
/// @param size in leaves
/// @param root RFC 6962 §2.1
public record Tree(long size, Hash root) {}
