// The tour needs the console and the current folder for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
