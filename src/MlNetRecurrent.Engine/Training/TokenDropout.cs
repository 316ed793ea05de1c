namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Replaces tokens by the unknown one at random: all tokens alike (Iyyer et al., "Deep Unordered Composition Rivals Syntactic Methods for
/// Text Classification", 2015, who drop words), and rare ones more often (Kiperwasser and Goldberg, "Simple and Accurate Dependency Parsing
/// Using Bidirectional LSTM Feature Representations", 2016). The choice follows from the seed of the batch and the row.
/// </summary>
internal sealed class TokenDropout
{
    private readonly ulong _dropped;

    /// <summary>The threshold of each token; null where all have the same.</summary>
    private readonly ulong[]? _droppedOf;

    /// <param name="rate">The part of all tokens that is replaced, in 0..1.</param>
    public TokenDropout(double rate) => _dropped = Threshold(rate);

    /// <param name="rate">The part of all tokens that is replaced, in 0..1.</param>
    /// <param name="rare">α: a token that occurs n times is replaced with probability α / (α + n).</param>
    /// <param name="counts">The number of occurrences of each token.</param>
    /// <param name="tokens">The number of tokens.</param>
    public TokenDropout(double rate, double rare, IReadOnlyList<long> counts, int tokens)
        : this(rate)
    {
        _droppedOf = new ulong[tokens];
        for (int token = 0; token < tokens; token++)
        {
            long count = token < counts.Count ? counts[token] : 0;
            _droppedOf[token] = Threshold(rate + (1 - rate) * rare / (rare + count));
        }
    }

    /// <param name="tokens">The tokens of the batch, one a row.</param>
    /// <param name="seed">The seed of the batch.</param>
    public void Apply(Span<int> tokens, int seed)
    {
        ulong state = SeedSequence.Mix((ulong)(uint)seed << 32);
        for (int row = 0; row < tokens.Length; row++)
        {
            if (SeedSequence.Mix(state + (ulong)row * SeedSequence.Golden) < (_droppedOf is null ? _dropped : _droppedOf[tokens[row]]))
                tokens[row] = 0;
        }
    }

    /// <summary>Replaces tokens that hold for all steps of a sequence, either at all of its steps or at none.</summary>
    /// <param name="tokens">The tokens of the batch, one a row.</param>
    /// <param name="shape">The rows of the sequences.</param>
    /// <param name="seed">The seed of the batch.</param>
    public void ApplyToSequences(Span<int> tokens, BatchShape shape, int seed)
    {
        if (shape.Steps == 0)
            return;
        Apply(tokens[..shape.Active[0]], seed);
        for (int t = 1; t < shape.Steps; t++)
            tokens[..shape.Active[t]].CopyTo(tokens[shape.Row(t, 0)..]);
    }

    private static ulong Threshold(double probability) => (ulong)(probability * ulong.MaxValue);
}
