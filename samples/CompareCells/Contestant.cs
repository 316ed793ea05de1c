using MlNetRecurrent;

namespace CompareCells;

/// <summary>A kind of network, as large as the others: about 7900 parameters in its recurrent layers.</summary>
public sealed record Contestant(string Name, params RecurrentLayer[] Layers)
{
    public static readonly Contestant
        Elman = new("ElmanRnn", new ElmanLayer(85)),
        Gru = new("Gru", new GruLayer(47)),
        Lstm = new("Lstm", new LstmLayer(40)),
        Deep = new("DeepRnn", new LstmLayer(24), new LstmLayer(24)),
        Pyramidal = new("PyramidalRnn", new LstmLayer(12) { Bidirectional = true }, new LstmLayer(12) { Bidirectional = true, TimeReduction = 2 }),
        Stack = new("StackRnn", new StackLayer(61)),
        // As in the paper: only its stacks tell a step of those before.
        StacksAlone = new("StackRnn, stacks alone", new StackLayer(114) { HasRecurrentWeights = false });

    public static readonly Contestant[] All = [Elman, Gru, Lstm, Deep, Pyramidal, Stack, StacksAlone];

    /// <summary>The numbers that the recurrent layers learn.</summary>
    public int Parameters
    {
        get
        {
            int inputs = BracketsModel.EmbeddingSize, sum = 0;
            foreach (RecurrentLayer layer in Layers)
            {
                int directions = layer.Bidirectional ? 2 : 1;
                sum += directions * ParametersOf(layer, inputs * layer.TimeReduction);
                inputs = directions * layer.Size;
            }
            return sum;
        }
    }

    private static int ParametersOf(RecurrentLayer layer, int inputs)
    {
        int size = layer.Size, unit = inputs + size + 1;
        return layer switch
        {
            LstmLayer => 4 * size * unit,
            // A bias more, inside the reset gate.
            GruLayer => 3 * size * unit + size,
            // Each stack has three actions and a value to push.
            StackLayer stack => size * (unit - (stack.HasRecurrentWeights ? 0 : size) + stack.NumberOfStacks * stack.Depth) + stack.NumberOfStacks * 4 * (size + 1),
            _ => size * unit,
        };
    }
}
