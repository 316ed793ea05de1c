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
        Pyramidal = new(
            "PyramidalRnn", new LstmLayer(12) { Bidirectional = true }, new LstmLayer(12) { Bidirectional = true, TimeReduction = 2 }),
        Stack = new("StackRnn", new StackLayer(61)),
        // As in the paper: only its stacks tell a step of those before.
        StacksAlone = new("StackRnn, stacks alone", new StackLayer(114) { HasRecurrentWeights = false });

    public static readonly Contestant[] All = [Elman, Gru, Lstm, Deep, Pyramidal, Stack, StacksAlone];
}
