using System.Globalization;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Outputs for several steps ahead that read values which are known in advance, as in <see cref="DecoderModule{L, T}"/>.</summary>
/// <param name="Horizon">The number of steps ahead. The outputs of a step are those for the first step ahead, then the second, and so
/// on.</param>
/// <param name="Features">The number of values that are known about a step.</param>
/// <param name="Units">The number of hidden units.</param>
internal sealed record DecoderDefinition(int Horizon, int Features, int Units)
{
    /// <summary>The first format of model files that knows decoders.</summary>
    public const int FirstFormat = 5;

    /// <summary>The largest of the sizes.</summary>
    private const int Most = 1 << 16;

    /// <summary>The field of the known values, which an example has after those of the input.</summary>
    [JsonIgnore]
    public InputField Field => new("Known", Features) { Ahead = Horizon };

    /// <summary>Makes the module.</summary>
    /// <param name="inputSize">The width of the encoding.</param>
    /// <param name="outputs">The outputs of all steps ahead.</param>
    /// <param name="bias">Whether the outputs have biases.</param>
    public DecoderModule<L, T> Create<L, T>(int inputSize, int outputs, bool bias)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(inputSize, outputs, bias, Horizon, Features, Units);

    /// <summary>The number of numbers that the module keeps to score a step.</summary>
    /// <param name="outputs">The outputs of all steps ahead.</param>
    public long CountScoringNumbers(int outputs) =>
        Block.PadToPanel(Units) + Horizon * (Features + 2L * Block.PadToPanel(Units) + Block.PadToPanel(outputs / Horizon));

    /// <summary>Checks the decoder, which may come from a damaged file.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidDataException">A number is out of its range, or the network is no network with a decoder.</exception>
    public void Validate(NetworkDefinition network)
    {
        Check(Horizon is > 0 and <= Most, nameof(Horizon), Horizon);
        Check(Features is > 0 and <= Most, nameof(Features), Features);
        Check(Units is > 0 and <= Most, nameof(Units), Units);
        Check(network.Outputs % Horizon == 0, nameof(network.Outputs), network.Outputs);
        Check(network.EveryStep, nameof(network.EveryStep), network.EveryStep);
    }

    private static void Check<T>(bool holds, string name, T value)
    {
        if (!holds)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The description of the decoder is damaged: {name} is {value}."));
        }
    }
}
