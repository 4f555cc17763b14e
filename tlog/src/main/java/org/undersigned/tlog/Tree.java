package org.undersigned.tlog;

/// A tree's size in leaves and its root: what a checkpoint commits to.
public record Tree(long size, Hash root) {}
