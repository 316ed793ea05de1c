namespace MlNetRecurrent.Engine.Batches;

/// <summary>The network that reads the characters of a word. Its numbers are those of the public option.</summary>
internal enum CharacterEncoding
{
    /// <summary>A convolution over three characters, and the maximum over its places.</summary>
    Convolution,

    /// <summary>A bidirectional LSTM, and its two final states.</summary>
    Lstm,
}
