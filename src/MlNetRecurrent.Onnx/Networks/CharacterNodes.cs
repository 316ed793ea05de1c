using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The vectors of the characters of steps: a convolution over three characters, and the maximum over its places.</summary>
internal static class CharacterNodes
{
    /// <summary>Adds the vectors [batch, time, Size].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="nameOf">The name of a table of the field.</param>
    /// <param name="input">The characters [batch, time, characters]; zeros at the end are none.</param>
    /// <param name="field">The field.</param>
    public static string Add(GraphBuilder graph, WeightReader weights, Func<string, string> nameOf, string input, InputField field)
    {
        string characters = graph.Cast(input, OnnxType.Int64);
        string places = AddPlaces(graph, field);
        string length = AddLengths(graph, characters, field);
        string isInWord = graph.Add("LessOrEqual", [places, length]);
        // Around a word stands a character of its own, which has the last row of the tables.
        string border = graph.AddIntegers(field.Tokens);
        string word = graph.Add("Where", [isInWord, characters, border]);
        string padded = graph.Add("Pad", [word, graph.AddIntegers(0, 0, 1, 0, 0, 1), graph.Add("Squeeze", [border])]);
        string sum = graph.AddNamedWeights(nameOf("bias"), weights.Read(nameOf("bias")), 1, field.Size);
        foreach ((int place, string table) in ((string[])["before", "weight", "after"]).Index())
        {
            string rows = graph.AddNamedWeights(nameOf(table), weights.Read(nameOf(table)), field.Tokens + 1, field.Size);
            string shifted = graph.Slice(padded, place, place + field.Characters, 2);
            sum = graph.Add("Add", [sum, graph.Add("Gather", [rows, shifted], GraphBuilder.CreateInteger("axis", 0))]);
        }
        // A word without characters has the place of one.
        string atLeastOne = graph.Add("Max", [length, graph.AddIntegers(1)]);
        string isPlace = graph.Unsqueeze(graph.Add("LessOrEqual", [places, atLeastOne]), 3);
        string sums = graph.Add("Where", [isPlace, sum, graph.AddConstant(float.MinValue)]);
        return graph.Add("ReduceMax", [sums], GraphBuilder.CreateIntegers("axes", 2), GraphBuilder.CreateInteger("keepdims", 0));
    }

    /// <summary>Adds the number of characters of each step [batch, time, 1].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="characters">The characters, Int64 [batch, time, characters].</param>
    /// <param name="field">The field.</param>
    public static string AddLengths(GraphBuilder graph, string characters, InputField field)
    {
        string isCharacter = graph.Add("Greater", [characters, graph.AddIntegers(0)]);
        string last = graph.Add("Where", [isCharacter, AddPlaces(graph, field), graph.AddIntegers(0)]);
        return graph.Add("ReduceMax", [last], GraphBuilder.CreateIntegers("axes", 2));
    }

    private static string AddPlaces(GraphBuilder graph, InputField field) =>
        graph.AddIntegers([.. Enumerable.Range(1, field.Characters)]);
}
