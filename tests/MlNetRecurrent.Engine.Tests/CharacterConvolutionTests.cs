using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The vector of the characters of a step, against its definition.</summary>
public sealed unsafe class CharacterConvolutionTests
{
    private const int Tokens = 5, Characters = 4, Size = 3;

    private static readonly int[] _words =
    [
        1, 2, 3, 4,
        2, 0, 1, 0,
        4, 0, 0, 0,
        0, 0, 0, 0,
    ];

    [Fact]
    public void It_is_the_largest_sum_over_the_places_of_the_word()
    {
        var module = new CharacterConvolution<ScalarLane, float>(Tokens, Characters, Size);
        Parameters<float> parameters = Bind(module, out _);
        ParameterTensor[] tensors = [.. module.Tensors];
        Assert.Equal(["before", "weight", "after", "bias"], tensors.Select(tensor => tensor.Name));
        float Weight(int table, int token, int i) => parameters.Values.Pointer[tensors[table].Position(token, i)];
        for (int row = 0; row < _words.Length / Characters; row++)
        {
            int[] word = _words[(row * Characters)..((row + 1) * Characters)];
            int length = Array.FindLastIndex(word, token => token != 0) + 1;
            int At(int place) => place >= 0 && place < length ? word[place] : Tokens;
            for (int i = 0; i < Size; i++)
            {
                float expected = Enumerable.Range(0, Math.Max(1, length)).Max(
                    j => Weight(3, 0, i) + Weight(0, At(j - 1), i) + Weight(1, At(j), i) + Weight(2, At(j + 1), i));
                Assert.Equal(expected, module.Outputs.Row(row)[i]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Slices_of_the_gradients_together_are_the_whole(int count)
    {
        float[] Gradients(int slices)
        {
            var module = new CharacterConvolution<ScalarLane, float>(Tokens, Characters, Size);
            Bind(module, out Parameters<float> gradients);
            for (int row = 0; row < _words.Length / Characters; row++)
            {
                for (int i = 0; i < Size; i++)
                    module.OutputGradient.Row(row)[i] = 1 + row + 0.5f * i;
            }
            module.BackwardWords(WorkSlice.Whole);
            for (int slice = 0; slice < slices; slice++)
                module.AccumulateGradients(_words, new WorkSlice(slice, slices));
            return gradients.Values.Span.ToArray();
        }
        float[] expected = Gradients(1);
        Assert.Contains(expected, gradient => gradient != 0);
        Assert.Equal(expected, Gradients(count));
    }

    private static Parameters<float> Bind(CharacterConvolution<ScalarLane, float> module, out Parameters<float> gradients)
    {
        Parameters<float> parameters = new(module.ParameterCount);
        gradients = new(module.ParameterCount);
        var random = new Random(1);
        foreach (ParameterTensor tensor in module.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] = random.NextSingle() - 0.5f;
        }
        module.Bind(parameters.Values.Pointer, gradients.Values.Pointer);
        var shape = new BatchShape();
        shape.Set([2, 2]);
        var arena = new Arena<float>();
        module.Prepare(shape, arena);
        module.PrepareBackward(arena);
        module.CollectWords(_words);
        module.EncodeWords(WorkSlice.Whole);
        module.Forward(_words, 0, 2);
        return parameters;
    }
}
