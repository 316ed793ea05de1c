namespace MlNetRecurrent.Sequences.Maps;

/// <summary>The estimator of maps that are no method of the catalog.</summary>
internal sealed class RowMapEstimator(IHostEnvironment environment, RowMap map) : SequenceTransformEstimator(environment, map);
