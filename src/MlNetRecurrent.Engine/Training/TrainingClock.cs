using System.Diagnostics;

namespace MlNetRecurrent.Engine.Training;

/// <summary>The time of a training since it began, or continued, and the sequences trained on in that time.</summary>
internal sealed class TrainingClock
{
    private readonly Stopwatch _watch = new();
    private long _firstSequences;
    private TimeSpan _firstBatch, _lastEpochEnd;

    /// <summary>The number of sequences trained on. A sequence counts once per epoch.</summary>
    public long Sequences { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    public void Start() => _watch.Start();

    /// <summary>Adds a finished batch.</summary>
    /// <param name="sequences">The number of its sequences.</param>
    public void AddBatch(int sequences)
    {
        Sequences += sequences;
        if (_firstSequences == 0)
            (_firstSequences, _firstBatch) = (Sequences, Elapsed);
    }

    /// <summary>Ends an epoch.</summary>
    /// <returns>The time of the epoch, including its validation.</returns>
    public TimeSpan EndEpoch()
    {
        TimeSpan now = Elapsed, took = now - _lastEpochEnd;
        _lastEpochEnd = now;
        return took;
    }

    /// <summary>
    /// Estimates the time for a number of sequences. The first batch includes compilation, so it is left out once there are others.
    /// </summary>
    /// <param name="sequences">The number of sequences.</param>
    /// <param name="elapsed">The time so far.</param>
    public TimeSpan TimeFor(double sequences, TimeSpan elapsed) =>
        Sequences > _firstSequences
            ? TimeEstimate.For(sequences, elapsed - _firstBatch, Sequences - _firstSequences)
            : TimeEstimate.For(sequences, elapsed, Sequences);
}
