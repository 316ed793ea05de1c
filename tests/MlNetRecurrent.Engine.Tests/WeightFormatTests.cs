using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Tests;

public sealed class WeightFormatTests
{
    private static readonly NetworkDefinition _definition = new()
    {
        Features = 3,
        Tokens = 5,
        Layers = [new LstmDefinition(17)],
        Outputs = 2,
    };

    private static readonly byte[] _description = [1, 2, 3];

    [Fact]
    public void Weights_come_back_bit_for_bit()
    {
        Parameters<float> written = new Network<ScalarLane, float>(_definition).Initialize(seed: 3);
        Parameters<float> read = WeightFormat.Read(new MemoryStream(Write(written)), _definition, _description);
        Assert.Equal(written.Values.Span.ToArray(), read.Values.Span.ToArray());
    }

    [Fact]
    public void A_stream_that_ends_anywhere_early_is_refused()
    {
        byte[] whole = Write(new Network<ScalarLane, float>(_definition).Initialize(seed: 3));
        foreach (int length in (int[])[0, 7, 8, whole.Length / 2, whole.Length - 1])
        {
            var exception = Assert.Throws<InvalidDataException>(
                () => WeightFormat.Read(new MemoryStream(whole[..length]), _definition, _description));
            Assert.Contains("cut short", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused()
    {
        byte[] whole = Write(new Network<ScalarLane, float>(_definition).Initialize(seed: 3));
        for (int at = 0; at < whole.Length; at += 97)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 16;
            Assert.Throws<InvalidDataException>(() => WeightFormat.Read(new MemoryStream(flipped), _definition, _description));
        }
    }

    [Fact]
    public void Another_description_is_refused()
    {
        byte[] whole = Write(new Network<ScalarLane, float>(_definition).Initialize(seed: 3));
        Assert.Throws<InvalidDataException>(() => WeightFormat.Read(new MemoryStream(whole), _definition, [1, 2, 4]));
    }

    private static byte[] Write(Parameters<float> parameters)
    {
        var stream = new MemoryStream();
        WeightFormat.Write(stream, _definition, parameters, _description);
        return stream.ToArray();
    }
}
