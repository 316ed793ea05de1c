namespace MlNetRecurrent;

/// <summary>The network that turns the characters of a word into one vector.</summary>
public enum CharacterEncoder
{
    /// <summary>
    /// A convolution over three characters and the maximum over its places (dos Santos and Zadrozny, 2014). Faster. The default.
    /// </summary>
    Convolution = 0,

    /// <summary>
    /// A bidirectional LSTM over the characters and its two final states (Ling et al., 2015; Lample et al., 2016). Each direction has half
    /// as many units as the vector has numbers.
    /// </summary>
    Lstm = 1,
}
